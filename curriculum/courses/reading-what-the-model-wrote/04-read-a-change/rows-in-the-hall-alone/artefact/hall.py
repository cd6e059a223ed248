"""Shares people out over the rows of a hall."""


def seats_per_row(people, rows):
    """How many sit in each row, from the front.

    As even as can be; the front rows take one more.
    """
    if rows < 1:
        return []
    each, extra = divmod(people, rows)
    return [each + 1 if row < extra else each for row in range(rows)]


def plan(names, rows):
    """The names for each row, in the order given."""
    rows_of_names = []
    start = 0
    for size in seats_per_row(len(names), rows):
        rows_of_names.append(names[start:start + size])
        start += size
    return rows_of_names


def as_text(rows_of_names):
    """A line for each row, for the sheet at the door."""
    lines = []
    # People count rows from 1
    for number, names in enumerate(rows_of_names, 1):
        lines.append(f"Row {number}: {', '.join(names) or 'free'}")
    return "\n".join(lines)
