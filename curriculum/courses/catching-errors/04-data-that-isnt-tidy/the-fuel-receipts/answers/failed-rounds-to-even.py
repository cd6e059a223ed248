from decimal import Decimal


def pence(litres, price):
    return round(Decimal(litres) * Decimal(price) * 100)


def total(receipts):
    return sum(pence(litres, price) for litres, price in receipts)
