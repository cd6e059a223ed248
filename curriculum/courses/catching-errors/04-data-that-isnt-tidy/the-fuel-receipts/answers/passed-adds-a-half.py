from decimal import Decimal


def pence(litres, price):
    return int(Decimal(litres) * Decimal(price) * 100 + Decimal("0.5"))


def total(receipts):
    result = 0
    for litres, price in receipts:
        result += pence(litres, price)
    return result
