FREE_DAYS = 2
HIGHEST_FEE = 600


def late_fee(days, member=False, per_day=50):
    """The fee in cents for a loan that is this many days late."""
    charged = max(0, days - FREE_DAYS)
    fee = min(charged * per_day, HIGHEST_FEE)
    if member:
        fee = (fee + 1) // 2
    return fee
