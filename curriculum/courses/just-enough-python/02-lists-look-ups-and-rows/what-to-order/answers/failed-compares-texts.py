import csv


def to_order(lines):
    names = []
    for row in csv.DictReader(lines):
        if row["stock"] < row["minimum"]:
            names.append(row["name"])
    return names
