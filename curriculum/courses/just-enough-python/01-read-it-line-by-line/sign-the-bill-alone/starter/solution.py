def bill(prices, same_day):
    total = 0
    return total
