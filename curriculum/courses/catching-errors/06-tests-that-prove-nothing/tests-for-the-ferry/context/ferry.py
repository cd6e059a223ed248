"""Tickets and seats of the old ferry, in kroner."""

SEATS = 12


def ticket(age):
    """The price of one ticket."""
    if age < 6:
        return 0
    return 60 if age < 18 else 120


def group_price(ages):
    """The price for everybody who comes together."""
    if len(ages) >= 10:
        return 90 * len(ages)
    return sum(ticket(age) for age in ages)


def board(guests, group):
    """The guests with the group, or as they were if it doesn’t fit."""
    if len(guests) + len(group) > SEATS:
        return list(guests)
    return guests + group
