"""Late fees of the tool library, in cents."""

FREE_DAYS = 2
FEE_PER_DAY = 50
HIGHEST_FEE = 600


def late_fee(days, member=False):
    """The fee for a loan that is this many days late."""
    charged = max(0, days - FREE_DAYS)
    fee = min(charged * FEE_PER_DAY, HIGHEST_FEE)
    if member:
        fee = (fee + 1) // 2
    return fee


def days_late(loan, today):
    """Days since the loan was due, up to its return or until today."""
    end = loan["returned"] or today
    return max(0, (end - loan["due"]).days)


def month_bill(loans, today):
    """(name, cents) for everyone who owes something, the highest first."""
    owed = {}
    for loan in loans:
        fee = late_fee(days_late(loan, today), loan["member"])
        owed[loan["name"]] = owed.get(loan["name"], 0) + fee
    bill = [(name, cents) for name, cents in owed.items() if cents]
    return sorted(bill, key=lambda row: (-row[1], row[0]))
