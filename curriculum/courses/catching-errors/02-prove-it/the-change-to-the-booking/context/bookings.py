"""Bookings of rooms, by whole days."""


class NotFree(Exception):
    """Somebody has the room."""


def overlaps(one, start, end):
    """Whether a stay shares a night with the days from start to end."""
    return one["start"] < end and start < one["end"]


def is_free(bookings, room, start, end):
    """Whether nobody has the room on any of these nights."""
    return not any(
        one["room"] == room and overlaps(one, start, end) for one in bookings
    )


def book(bookings, room, start, end, guest):
    """Add a booking. Refuses a room that somebody has."""
    if end <= start:
        raise ValueError("a stay has at least one night")
    if not is_free(bookings, room, start, end):
        raise NotFree(room)
    bookings.append({"room": room, "start": start, "end": end, "guest": guest})
