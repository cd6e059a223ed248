def total(lines, gift=False):
    """What an order costs, in yen."""
    goods = sum(count * price for count, price in lines)
    if gift:
        goods += 200
    if goods <= 3000:
        goods += 500
    return goods
