def rota(shifts, hours={}):
    for name, worked in shifts:
        if name in hours:
            hours[name] = hours[name] + worked
        else:
            hours[name] = worked
    return hours


def hours_of(name, hours):
    # people without an entry have no hours
    return hours.get(name, 0)
