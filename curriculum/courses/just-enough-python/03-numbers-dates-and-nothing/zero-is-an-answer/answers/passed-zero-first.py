def room_line(guests):
    if guests == 0:
        return "empty"
    if guests:
        return f"{guests} guests"
    return "not counted"
