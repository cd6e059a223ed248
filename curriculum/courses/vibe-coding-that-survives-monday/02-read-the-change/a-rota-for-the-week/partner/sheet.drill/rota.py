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
    rota = {}
    for day in days:
        names = [name for name in free(staff, day) if left[name] > 0][:need]
        for name in names:
            left[name] -= 1
        {short}
        rota[day] = names
    return rota


def sheet(rota):
    """The text for the wall, one line for each day."""
    lines = []
    for day, names in rota.items():
        {gap}
        lines.append(day + ": " + ", ".join(names))
    return "\n".join(lines)
