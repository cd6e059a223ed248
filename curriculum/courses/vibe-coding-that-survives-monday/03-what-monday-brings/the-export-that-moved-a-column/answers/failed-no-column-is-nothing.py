import csv
import io


def totals(text):
    sums = {}
    for row in csv.DictReader(io.StringIO(text)):
        if row.get("amount"):
            shop = row.get("shop", "")
            sums[shop] = sums.get(shop, 0) + int(row["amount"])
    return sums
