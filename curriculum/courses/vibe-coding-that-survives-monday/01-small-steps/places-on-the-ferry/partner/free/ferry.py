SEATS = 12


def booked(bookings, day):
    """How many people come on a day."""
    people = 0
    for booking in bookings:
        if booking["day"] == day:
            people += booking["people"]
    return people


def free(bookings, day):
    """How many seats are left on a day."""
    return {full}
