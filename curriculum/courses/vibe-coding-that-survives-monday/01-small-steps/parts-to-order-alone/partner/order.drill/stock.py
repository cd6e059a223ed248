def low(parts):
    """The names of the parts that are low."""
    return [name for name, count in to_order(parts).items() if count > 0]


def to_order(parts):
    """How many of each low part to order, by name."""
    orders = {}
    for part in parts:
        if {edge}:
            orders[part["name"]] = {coming}
    return orders
