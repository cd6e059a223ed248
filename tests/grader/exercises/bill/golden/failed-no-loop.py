def bill(nights, price):
    return nights * price
