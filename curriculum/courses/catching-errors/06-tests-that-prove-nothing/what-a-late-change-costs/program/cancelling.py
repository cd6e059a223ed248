def fee(days, price):
    if days < 0:
        raise ValueError("after the arrival")
    if days >= 14:
        return 0
    if days >= 3:
        return (price + 1) // 2
    return price
