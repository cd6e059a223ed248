def pence(litres, price):
    """The cost of a receipt in whole pence."""
    return round(float(litres) * float(price) * 100)


def total(receipts):
    """What all receipts cost together, in pence."""
    # Round once, at the end
    return round(sum(float(litres) * float(price) for litres, price in receipts) * 100)
