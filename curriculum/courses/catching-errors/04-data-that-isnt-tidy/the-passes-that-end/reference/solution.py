from datetime import date, timedelta


def last_day(start, days):
    """The last day on which the pass can be used."""
    return start + timedelta(days=days - 1)


def days_left(start, days, today):
    """How many days the pass can still be used, today included."""
    left = (last_day(start, days) - max(today, start)).days + 1
    return max(0, left)
