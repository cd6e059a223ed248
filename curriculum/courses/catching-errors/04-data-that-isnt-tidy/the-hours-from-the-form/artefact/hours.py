"""Hours of the staff, read from the weekly form."""

SENT_HOME = 1.0  # hours that are paid to somebody who wasn’t needed


def hours_of(cell):
    """Paid hours of one cell, or None for a day off."""
    text = cell.strip().replace(",", ".")
    hours = float(text or 0)
    if hours == 0:
        return None
    return hours


def gather(rows, into={}):
    """Hours by name, added to those that were gathered before."""
    for row in rows:
        hours = hours_of(row["hours"])
        if hours is not None:
            into[row["name"]] = into.get(row["name"], 0) + hours
    return into


def mean_hours(week, staff):
    """Mean hours of the people who worked, to two places."""
    worked = [hours for hours in week.values() if hours]
    # Nobody worked, so there is no mean
    if not worked:
        return None
    return round(sum(worked) / len(staff), 2)


def pay_list(week, staff):
    """(name, hours) of the whole staff, in the order of the staff list."""
    return [(name, week.get(name, 0)) for name in staff]
