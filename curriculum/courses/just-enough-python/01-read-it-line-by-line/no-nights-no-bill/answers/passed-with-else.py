def room_total(nights, price):
    if nights >= 1:
        return nights * price
    else:
        raise ValueError("a stay has at least one night")
