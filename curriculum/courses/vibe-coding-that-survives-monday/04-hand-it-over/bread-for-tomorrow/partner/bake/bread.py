def read(line):
    """The customer, the count and the kind of one order."""
    who, order = line.split(":")
    words = order.split()
    {uncounted}
    return who, count, " ".join(words)


def wanted(lines):
    """The orders that count, read."""
    orders = []
    for line in lines:
        {crossed}
        orders.append(read(line))
    return orders


def bake(lines):
    """How many loaves of each kind to bake."""
    loaves = {}
    for who, count, kind in wanted(lines):
        loaves[kind] = loaves.get(kind, 0) + count
    return loaves
