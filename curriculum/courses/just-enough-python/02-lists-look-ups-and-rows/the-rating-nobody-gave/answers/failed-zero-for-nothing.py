import csv


def average(lines):
    given = [int(row["rating"]) for row in csv.DictReader(lines) if row["rating"]]
    if not given:
        return 0
    return sum(given) / len(given)
