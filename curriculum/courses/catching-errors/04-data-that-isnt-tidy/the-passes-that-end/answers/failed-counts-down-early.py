from datetime import timedelta


def last_day(start, days):
    return start + timedelta(days=days - 1)


def days_left(start, days, today):
    return max(0, (last_day(start, days) - today).days + 1)
