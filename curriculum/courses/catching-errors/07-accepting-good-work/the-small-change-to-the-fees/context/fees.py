"""Late fees of the tool library, in cents."""

FREE_DAYS = 2
FEE_PER_DAY = 50


def fee(days):
    """The fee for a tool that is this many days late."""
    if days <= FREE_DAYS:
        return 0
    return (days - FREE_DAYS) * FEE_PER_DAY


def bill(loans):
    """(tool, cents) for each loan, as (tool, days late)."""
    rows = []
    for tool, days in loans:
        rows.append((tool, fee(days)))
    return rows


def total(loans):
    """What all loans cost together."""
    return sum(cents for _, cents in bill(loans))
