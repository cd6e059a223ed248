from cells import minutes


def typical(visits, day):
    """The typical wait of a day, or None."""
    cells = [minutes(visit["minutes"]) for visit in visits if visit["day"] == day]
    waits = sorted(wait for wait in cells if wait is not None)
    if not waits:
        return None
    {middle}
