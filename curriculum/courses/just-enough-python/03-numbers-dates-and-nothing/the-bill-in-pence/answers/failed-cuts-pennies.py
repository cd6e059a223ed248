def pence(prices):
    total = 0
    for price in prices:
        total = total + int(float(price) * 100)
    return total
