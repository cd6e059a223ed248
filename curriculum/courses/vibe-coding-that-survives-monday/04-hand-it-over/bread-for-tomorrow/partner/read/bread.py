def read(line):
    """The customer, the count and the kind of one order."""
    who, order = line.split(":")
    words = order.split()
    {uncounted}
    return who, count, " ".join(words)
