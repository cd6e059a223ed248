import csv
import io


def totals(text):
    """What went to each shop, in whole pesos."""
    rows = csv.DictReader(io.StringIO(text))
    for name in ("shop", "amount"):
        if name not in (rows.fieldnames or []):
            raise ValueError("the file has no column " + name)
    sums = {}
    for row in rows:
        if row["amount"]:
            sums[row["shop"]] = sums.get(row["shop"], 0) + int(row["amount"])
    return sums
