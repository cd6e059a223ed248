"""What a stay in the car park costs, in cents."""

HOUR = 200
MOST = 1500


def hours_begun(minutes):
    """How many hours were begun; 61 minutes are two."""
    return -(-minutes // 60)


def fee(start, end):
    """Cents for a stay on one day.

    start and end are minutes after midnight.
    """
    minutes = end - start
    if minutes <= 15:
        return 0
    return min(hours_begun(minutes) * HOUR, MOST)


def ticket(plate, start, end):
    """The line that is printed at the gate."""
    cents = fee(start, end)
    return f"{plate}: {cents // 100}.{cents % 100:02} euros"
