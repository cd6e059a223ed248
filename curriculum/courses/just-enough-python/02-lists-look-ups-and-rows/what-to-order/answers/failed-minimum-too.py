import csv


def to_order(lines):
    names = []
    for row in csv.DictReader(lines):
        if int(row["stock"]) <= int(row["minimum"]):
            names.append(row["name"])
    return names
