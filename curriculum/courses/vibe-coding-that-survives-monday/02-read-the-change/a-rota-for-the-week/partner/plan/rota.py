def free(staff, day):
    """The names of those who can work on a day."""
    names = []
    for person in staff:
        {blank}
        if day in person["days"].split():
            names.append(person["name"])
    return names


def plan(staff, days, need):
    """The names for each day. Those with the fewest shifts come first."""
    left = {person["name"]: person["most"] for person in staff}
    worked = {person["name"]: 0 for person in staff}
    rota = {}
    for day in days:
        names = [name for name in free(staff, day) if worked[name] < left[name]]
        names.sort(key=lambda name: worked[name])
        names = names[:need]
        for name in names:
            worked[name] += 1
        {short}
        rota[day] = names
    return rota
