"""Seats of the reading room. Times are minutes since midnight."""

DAY = 24 * 60
SEATS = 8
VISIT = 3 * 60


def end_of_visit(start):
    """The minute at which a visit ends, perhaps on the next day."""
    return (start + VISIT) % DAY


def is_there(start, now):
    """Whether a visit that began at start goes on at this minute."""
    end = end_of_visit(start)
    if start < end:
        return start <= now < end
    # The visit runs past midnight
    return now >= start or now < end


def free_seats(starts, now):
    """How many seats are free, given when the visits began."""
    taken = 0
    for start in starts:
        if is_there(start, now):
            taken = taken + 1
    return max(0, SEATS - taken)


def waiting_order(people):
    """The names of those who wait: (name, is a member, came at) each."""
    ordered = sorted(people, key=lambda person: (not person[1], person[2]))
    return [name for name, _, _ in ordered]
