def room_line(guests):
    if guests is None:
        return "not counted"
    if guests == 0:
        return "empty"
    return str(guests) + " guests"
