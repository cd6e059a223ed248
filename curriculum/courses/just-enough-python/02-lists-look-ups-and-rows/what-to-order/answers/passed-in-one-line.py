import csv


def to_order(lines):
    return [row["name"] for row in csv.DictReader(lines) if int(row["stock"]) < int(row["minimum"])]
