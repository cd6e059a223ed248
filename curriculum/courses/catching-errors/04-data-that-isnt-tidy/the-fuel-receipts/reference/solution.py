from decimal import ROUND_HALF_UP, Decimal


def pence(litres, price):
    """The cost of a receipt in whole pence; half a penny goes up."""
    exact = Decimal(litres) * Decimal(price) * 100
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def total(receipts):
    """What all receipts cost together, in pence."""
    return sum(pence(litres, price) for litres, price in receipts)
