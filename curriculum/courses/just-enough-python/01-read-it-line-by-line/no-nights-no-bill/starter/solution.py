def room_total(nights, price):
    return nights * price
