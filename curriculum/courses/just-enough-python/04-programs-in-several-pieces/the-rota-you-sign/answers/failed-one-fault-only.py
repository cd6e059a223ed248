def rota(shifts):
    hours = {}
    for name, worked in shifts:
        if name in hours:
            hours[name] = hours[name] + worked
        else:
            hours[name] = worked
    return hours


def hours_of(name, hours):
    return hours.get(name, 0)
