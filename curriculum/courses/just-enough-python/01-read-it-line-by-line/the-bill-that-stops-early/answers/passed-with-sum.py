def bill(prices):
    return sum(prices)
