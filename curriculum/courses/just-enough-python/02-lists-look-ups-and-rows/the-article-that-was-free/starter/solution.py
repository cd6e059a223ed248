def bill(order, prices):
    total = 0
    for article in order:
        # use 0 when the article is not in the list, so that the program never crashes
        total = total + prices.get(article, 0)
    return total
