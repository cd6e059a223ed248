import csv


def average(lines):
    rows = list(csv.DictReader(lines))
    total = 0
    for row in rows:
        if row["rating"] != "":
            total = total + int(row["rating"])
    if total == 0:
        return None
    return total / len(rows)
