def bill(prices):
    for price in prices:
        total = 0
        total = total + price
    return total
