import csv


def average(lines):
    given = []
    for row in csv.DictReader(lines):
        if row["rating"] != "":
            given.append(int(row["rating"]))
    if len(given) == 0:
        return None
    return sum(given) / len(given)
