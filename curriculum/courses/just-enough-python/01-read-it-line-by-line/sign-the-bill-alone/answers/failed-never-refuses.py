def bill(prices, same_day):
    total = 0
    for price in prices:
        total = total + price
    if same_day:
        total = total + 20
    return total
