import csv


def average(lines):
    rows = list(csv.DictReader(lines))
    total = 0
    for row in rows:
        # an empty rating counts as 0
        total = total + int(row["rating"] or 0)
    return total / len(rows)
