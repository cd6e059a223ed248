def room_line(guests):
    if not guests:
        return "empty"
    return str(guests) + " guests"
