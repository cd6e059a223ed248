def free(staff, day):
    """The names of those who can work on a day."""
    names = []
    for person in staff:
        {blank}
        if day in person["days"].split():
            names.append(person["name"])
    return names
