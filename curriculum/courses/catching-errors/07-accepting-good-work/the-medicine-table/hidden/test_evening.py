import csv


def table(name):
    with open(name) as file:
        return list(csv.DictReader(file))


SHEET = table("sheet.csv")
for change in table("changes.csv"):
    for line in SHEET:
        same = line["resident"] == change["resident"] and line["medicine"] == change["medicine"]
        if same and change["day"] in ("Monday", "Tuesday"):
            line["evening"] = change["evening"]
WANTED = {(line["resident"], line["medicine"]): line for line in SHEET if float(line["evening"])}
EVENING = table("evening.csv")


def test_who_gets_what():
    assert [(row["resident"], row["medicine"]) for row in EVENING] == list(WANTED)


def test_amounts():
    for row in EVENING:
        wanted = WANTED.get((row["resident"], row["medicine"]))
        assert wanted is None or float(row["amount"]) == float(wanted["evening"]), row


def test_units():
    for row in EVENING:
        wanted = WANTED.get((row["resident"], row["medicine"]))
        assert wanted is None or (row["unit"], row["when"]) == (wanted["unit"], wanted["when"]), row
