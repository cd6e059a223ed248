def as_hours(minutes):
    hours = minutes // 60
    rest = minutes % 60
    return str(hours) + ":" + str(rest)
