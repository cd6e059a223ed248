def bill(order, prices):
    total = 0
    for article in order:
        if article not in prices:
            return "unknown article"
        total = total + prices[article]
    return total
