def bill(order, prices):
    total = 0
    for article in order:
        if article in prices:
            total = total + prices[article]
    return total
