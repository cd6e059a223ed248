import csv


def totals(text):
    rows = list(csv.reader(text.splitlines()))
    names = rows[0] if rows else []
    shop, amount = names.index("shop"), names.index("amount")
    sums = {}
    for cells in rows[1:]:
        if cells and cells[amount] != "":
            sums[cells[shop]] = sums.get(cells[shop], 0) + int(cells[amount])
    return sums
