def room_total(nights, price):
    if nights <= 1:
        raise ValueError("nights must be 1 or more")
    return nights * price
