import csv


def table(name):
    with open(name) as file:
        return list(csv.DictReader(file))


SALES = table("sales.csv")
ROWS = {row["what"]: row for row in table("week.csv")}


def total(**wanted):
    return sum(
        int(row["amount"]) for row in SALES if all(row[key] == value for key, value in wanted.items())
    )


def test_days():
    for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat"):
        assert int(ROWS[day]["both"]) == total(day=day), day


def test_shops():
    for shop in ("North", "South"):
        assert int(ROWS["Total"][shop.lower()]) == total(shop=shop)
    assert int(ROWS["Total"]["both"]) == total()


def test_means():
    assert float(ROWS["Mean of a day"]["north"]) == total(shop="North") / 6
    assert abs(float(ROWS["Mean of a day"]["both"]) - total() / 6) < 0.1


def test_share():
    assert int(ROWS["Share in percent"]["north"]) == round(100 * total(shop="North") / total())
    assert int(ROWS["Share in percent"]["south"]) == round(100 * total(shop="South") / total())


def test_best_day():
    assert ROWS["Best day"]["south"] == "Sat"
    assert ROWS["Best day"]["north"] == "Sat"
