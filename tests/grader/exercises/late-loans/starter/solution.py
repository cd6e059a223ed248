def is_late(days, free):
    """Say whether a loan of this many days is late."""


def fee(days, free):
    """Give the fee for a loan of this many days."""
