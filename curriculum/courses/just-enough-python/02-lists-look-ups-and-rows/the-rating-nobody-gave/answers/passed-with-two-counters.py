import csv


def average(lines):
    total = 0
    count = 0
    for row in csv.DictReader(lines):
        if row["rating"]:
            total = total + int(row["rating"])
            count = count + 1
    if count:
        return total / count
    return None
