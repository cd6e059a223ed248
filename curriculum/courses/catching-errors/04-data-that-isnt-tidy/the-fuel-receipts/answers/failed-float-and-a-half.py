def pence(litres, price):
    return int(float(litres) * float(price) * 100 + 0.5)


def total(receipts):
    return sum(pence(litres, price) for litres, price in receipts)
