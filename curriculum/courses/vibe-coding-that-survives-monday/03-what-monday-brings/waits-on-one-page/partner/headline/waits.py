import math

from cells import minutes


def typical(visits, day):
    """The typical wait of a day, or None."""
    cells = [minutes(visit["minutes"]) for visit in visits if visit["day"] == day]
    waits = sorted(wait for wait in cells if wait is not None)
    if not waits:
        return None
    {middle}


def bars(visits, days):
    """A line for each day, with one sign for ten minutes."""
    lines = []
    for day in days:
        wait = typical(visits, day)
        {quiet}
        lines.append(day + " " + "#" * {started})
    return "\n".join(lines)


def headline(visits, days, limit):
    """On how many days the typical wait was above the limit."""
    waits = [wait for wait in (typical(visits, day) for day in days) if wait is not None]
    above = sum(wait > limit for wait in waits)
    return f"{above} of {{total}} days above {limit} minutes"
