def is_late(days, free):
    if days < 0:
        raise ValueError("days can't be below zero")
    return days >= free


def fee(days, free):
    if days < 0:
        raise ValueError("days can't be below zero")
    return 2 * max(0, days - free)
