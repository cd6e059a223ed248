def room_total(nights, price):
    if nights < 1:
        return "error: check the dates"
    return nights * price
