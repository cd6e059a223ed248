from datetime import date, timedelta


def last_day(start, days):
    """The last day on which the pass can be used."""
    return start + timedelta(days=days)


def days_left(start, days, today):
    """How many days the pass can still be used."""
    left = (last_day(start, days) - today).days
    return max(0, left)
