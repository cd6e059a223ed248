import csv


def test_every_row():
    with open("old-list.csv") as file:
        old = sorted(csv.DictReader(file, delimiter=";"), key=lambda row: row["since"])
    with open("tidy.csv") as file:
        tidy = list(csv.DictReader(file))
    wanted = {}
    for row in old:
        price = float(row["price"].replace(" ", "").replace(",", "."))
        name = row["name"][0].upper() + row["name"][1:]
        wanted[f"{int(row['number']):04}"] = (name, f"{price:.2f}")
    assert [row["number"] for row in tidy] == sorted(wanted)
    assert {row["number"]: (row["name"], row["price"]) for row in tidy} == wanted
