def key(name):
    """A shelf's name in the one spelling by which shelves are compared."""
    return name.strip().lower()


def merged(first, second):
    """Both counts as one: shelf to number of tins."""
    result = {key(name): number for name, number in first.items()}
    for name, number in second.items():
        if number is None:
            continue
        result[key(name)] = number
    return result
