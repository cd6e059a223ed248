def goods(pieces, price):
    return pieces * price


def delivery(amount):
    return 0


def total(pieces, price):
    return goods(pieces, price) + delivery(goods(pieces, price))
