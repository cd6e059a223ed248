import csv
import math


def test_every_row():
    with open("stock.csv") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 24
    for row in rows:
        wanted = int(row["target"]) - int(row["stock"]) - int(row["coming"])
        missing = 0 if row["note"] == "stopped" else max(0, wanted)
        assert int(row["missing"]) == missing, row["article"]
        assert int(row["boxes"]) == math.ceil(missing / int(row["box"])), row["article"]
