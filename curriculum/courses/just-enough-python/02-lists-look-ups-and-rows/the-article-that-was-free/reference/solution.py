def bill(order, prices):
    total = 0
    for article in order:
        total = total + prices[article]
    return total
