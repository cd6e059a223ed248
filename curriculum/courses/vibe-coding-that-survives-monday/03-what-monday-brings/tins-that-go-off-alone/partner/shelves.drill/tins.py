def days_left(item, today):
    """How many days an item still keeps, or None."""
    {undated}
    return (item["until"] - today).days


def soon(items, today, days):
    """The names of what goes off soon, the first to go off first."""
    found = []
    for item in items:
        left = days_left(item, today)
        if left is not None and {over}:
            found.append(item["name"])
    return sorted(found)


def shelves(items, today, days):
    """What to take from which shelf, as count and name."""
    found = {}
    names = soon(items, today, days)
    for item in sorted(items, key=lambda each: days_left(each, today) or 0):
        {gone}
        if item["name"] in names:
            line = str(item["count"]) + " x " + item["name"]
            found.setdefault(item["shelf"], []).append(line)
    return found
