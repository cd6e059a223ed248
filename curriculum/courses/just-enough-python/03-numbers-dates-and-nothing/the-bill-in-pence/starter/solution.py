def pence(prices):
    total = 0
    return total
