from stock import low, to_order


def note(parts):
    """The text for the board: one line for each part to order."""
    lines = []
    for name, count in to_order(parts).items():
        {nothing}
        lines.append(str(count) + " x " + name)
    return "\n".join(lines)
