def room_line(guests):
    if guests is None:
        return "not counted"
    return str(guests) + " guests"
