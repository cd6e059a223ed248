import math

HOUR = 120

def paid_hours(minutes):
    return max(1, math.ceil(minutes / 60))


def trip(minutes):
    """The price of one kayak. From the fourth hour on, an hour costs half."""
    hours = paid_hours(minutes)
    full = min(hours, 3)
    return full * HOUR + (hours - full) * HOUR // 2


def bill(trips):
    """What a group pays for all its kayaks."""
    return sum(trip(minutes) for minutes in trips)
