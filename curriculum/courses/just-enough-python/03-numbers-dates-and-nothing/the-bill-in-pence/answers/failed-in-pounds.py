def pence(prices):
    total = 0
    for price in prices:
        total = total + float(price)
    return round(total, 2)
