import csv


def average(lines):
    given = [int(row["rating"]) for row in csv.DictReader(lines) if row["rating"]]
    return sum(given) / len(given)
