def bill(nights, price):
    total = 0
    for night in range(1, nights):
        total += price
    return total
