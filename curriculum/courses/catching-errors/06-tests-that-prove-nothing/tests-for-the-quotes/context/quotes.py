"""Quotes of the repair shop, in whole ringgit."""


def half_hours(minutes):
    """How many half hours were begun."""
    return -(-minutes // 30)


def quote(parts, minutes, same_day=False):
    """Parts and work, and 20 more for the same day."""
    if minutes < 0:
        raise ValueError(f"minutes: {minutes}")
    total = sum(parts) + 30 * half_hours(minutes)
    return total + 20 if same_day else total


def cheapest(offers):
    """The name of the cheapest offer, the first by name if several are."""
    if not offers:
        return None
    return min(offers, key=lambda name: (offers[name], name))
