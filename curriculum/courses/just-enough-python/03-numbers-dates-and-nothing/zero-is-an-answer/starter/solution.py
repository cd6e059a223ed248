def room_line(guests):
    if not guests:
        return "not counted"
    if guests == 0:
        return "empty"
    return str(guests) + " guests"
