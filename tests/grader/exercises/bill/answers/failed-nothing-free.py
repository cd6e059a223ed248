def bill(nights, price):
    total = 0
    for night in range(nights):
        total += price
    return total or price
