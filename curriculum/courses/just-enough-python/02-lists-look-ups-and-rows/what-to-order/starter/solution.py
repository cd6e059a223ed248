import csv


def to_order(lines):
    names = []
    for row in csv.DictReader(lines):
        print(row)
    return names
