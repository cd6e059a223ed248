def as_hours(minutes):
    return str(minutes / 60).replace(".", ":")
