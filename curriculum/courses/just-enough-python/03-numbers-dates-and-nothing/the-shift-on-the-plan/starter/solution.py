def as_hours(minutes):
    hours = 0
    rest = minutes
    return str(hours) + ":" + str(rest)
