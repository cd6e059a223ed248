def pence(prices):
    total = 0
    for price in prices:
        total = total + int(price.replace(".", ""))
    return total
