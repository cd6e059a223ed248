def expected(invoice):
    """What the lines of an invoice come to, in cents."""
    total = 0
    for count, price in invoice["lines"]:
        {no-price}
        total = total + count * price
    return total
