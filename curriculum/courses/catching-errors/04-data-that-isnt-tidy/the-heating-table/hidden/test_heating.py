import csv
from datetime import date


def table(name):
    with open(name) as file:
        return list(csv.DictReader(file))


METERS = {row["tenant"]: row for row in table("meters.csv")}
ROWS = table("heating.csv")
TENANTS = [row for row in ROWS if row["tenant"]]
HOUSE = {row["flat"]: row for row in ROWS if not row["tenant"]}


def used(row):
    return round(float(row["used"]) * (1000 if row["unit"] == "MWh" else 1))


def test_everybody():
    assert [row["tenant"] for row in TENANTS] == list(METERS)


def test_days():
    for row in TENANTS:
        meter = METERS[row["tenant"]]
        span = date.fromisoformat(meter["last day"]) - date.fromisoformat(meter["first day"])
        assert int(row["days"]) == span.days + 1, row
        assert abs(float(row["kWh a day"]) - float(row["kWh"]) / int(row["days"])) < 0.051, row


def test_use_and_cost():
    for row in TENANTS:
        kwh = used(METERS[row["tenant"]])
        assert float(row["kWh"]) == kwh, row
        assert row["cost EUR"] == f"{kwh * 15 / 100:.2f}", row


def test_total():
    total = sum(used(row) for row in METERS.values())
    assert int(HOUSE["Total"]["kWh"]) == total
    assert HOUSE["Total"]["cost EUR"] == f"{total * 15 / 100:.2f}"


def test_mean():
    flats = {row["flat"] for row in METERS.values()}
    total = sum(used(row) for row in METERS.values())
    assert int(HOUSE["Flats"]["kWh"]) == len(flats)
    assert abs(float(HOUSE["Mean of a flat"]["kWh"]) - total / len(flats)) < 0.051
    assert abs(float(HOUSE["Mean of a flat"]["cost EUR"]) - total * 0.15 / len(flats)) < 0.0051
