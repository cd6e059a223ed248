from datetime import timedelta


def last_day(start, days):
    return start + timedelta(days=days) - timedelta(days=1)


def days_left(start, days, today):
    if today < start:
        return days
    if today > last_day(start, days):
        return 0
    return days - (today - start).days
