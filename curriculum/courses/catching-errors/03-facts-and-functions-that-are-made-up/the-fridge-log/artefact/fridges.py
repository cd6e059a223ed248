"""The log of the fridges: one line for each reading."""

import csv
import math
import re

CODE = re.compile(r"[A-Z]-\d{2}")
TARGET = 4.0  # degrees
GIVE_OR_TAKE = 0.5  # degrees


def checked(code):
    """The code itself, or ValueError if it isn’t one."""
    if not CODE.match(code):
        raise ValueError(f"not a fridge: {code!r}")
    return code


def read_log(lines):
    """The last reading of each fridge, by its code."""
    readings = {}
    for row in csv.DictReader(lines, fieldnames=["code", "degrees"]):
        code = checked(row["code"].strip())
        degrees = (row["degrees"] or "").strip()
        if degrees != "":
            readings[code] = float(degrees)
    return readings


def warmest(readings):
    """The codes, the warmest fridge first."""
    return sorted(readings, key=readings.get, reversed=True)


def on_target(readings):
    """The codes of the fridges that are as cold as they should be."""
    return {
        code
        for code, degrees in readings.items()
        if math.isclose(degrees, TARGET, rel_tol=0, abs_tol=GIVE_OR_TAKE)
    }
