def total(lines, gift=False):
    """What an order costs, in yen."""
    goods = sum(count * price for count, price in lines)
    if goods == 0:
        return 0
    delivery = 0 if goods >= 3000 else 500
    wrap = 200 if gift else 0
    return goods + delivery + wrap
