def is_free(bookings, room, start, end):
    """Whether nobody has the room on any night from start to end."""
    if end <= start:
        raise ValueError("a stay has at least one night")
    for booked, since, until in bookings:
        if booked == room and start < until and since < end:
            return False
    return True
