def is_late(days, grace=0):
    return days > grace


def fee(days, per_day=50, most=300):
    if days < 0:
        raise ValueError("days can't be negative")
    return min(days * per_day, most)
