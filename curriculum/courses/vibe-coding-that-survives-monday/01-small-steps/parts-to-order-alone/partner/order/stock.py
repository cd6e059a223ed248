def low(parts):
    """The names of the parts that are low."""
    names = []
    for part in parts:
        if {edge}:
            names.append(part["name"])
    return names


def to_order(parts):
    """How many of each low part to order, by name."""
    orders = {}
    names = low(parts)
    for part in parts:
        if part["name"] in names:
            orders[part["name"]] = {coming}
    return orders
