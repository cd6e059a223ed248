WEEKDAY = (540, 1080)
SATURDAY = (600, 840)


def is_open(day, minute):
    """Whether the shop is open; minute is counted from midnight."""
    if day == "sat":
        hours = SATURDAY
    elif day == "sun":
        return False
    else:
        hours = WEEKDAY
    return hours[0] <= minute < hours[1]
