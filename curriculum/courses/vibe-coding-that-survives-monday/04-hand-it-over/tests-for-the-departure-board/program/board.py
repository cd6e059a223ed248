def announcement(late):
    """What stands on the board for a bus that is late by so many minutes."""
    if late < 3:
        return "on time"
    if late < 60:
        return str(late) + " min late"
    hours, rest = late // 60, late % 60
    return str(hours) + " h " + str(rest) + " min late"
