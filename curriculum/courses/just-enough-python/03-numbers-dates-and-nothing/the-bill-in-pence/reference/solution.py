def pence(prices):
    total = 0
    for price in prices:
        pounds, rest = price.split(".")
        total = total + int(pounds) * 100 + int(rest)
    return total
