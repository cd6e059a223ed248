def low(parts):
    """The names of the parts that are low."""
    names = []
    for part in parts:
        if {edge}:
            names.append(part["name"])
    return names
