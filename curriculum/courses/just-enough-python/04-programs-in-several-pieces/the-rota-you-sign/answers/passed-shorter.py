def rota(shifts):
    hours = {}
    for name, worked in shifts:
        hours[name] = hours.get(name, 0) + worked
    return hours


def hours_of(name, hours):
    return hours[name]
