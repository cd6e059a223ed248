def goods(pieces, price):
    return pieces * price


def delivery(amount):
    if amount >= 3000:
        return 0
    return 500


def total(pieces, price):
    amount = goods(pieces, price)
    return amount + delivery(amount)
