def bill(prices):
    total = 0
    for price in prices:
        total = total + price
    print(total)
