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
            found.append((left, item["name"]))
    found.sort(key=lambda pair: pair[0])
    return [name for left, name in found]
