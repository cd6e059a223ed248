def room_total(nights, price):
    if nights < 1:
        print("nights must be 1 or more")
        return 0
    return nights * price
