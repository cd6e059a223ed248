def bill(order, prices):
    total = 0
    for article in order:
        price = prices.get(article, 0)
        if price == 0:
            raise KeyError(article)
        total = total + price
    return total
