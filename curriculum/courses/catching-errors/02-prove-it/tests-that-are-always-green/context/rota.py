"""A rota: one person for each day, in turn."""

SHIFT_HOURS = 8


def make_rota(people, days):
    """(day, person) for each day, taking people in turn."""
    if not people:
        raise ValueError("nobody to plan for")
    return [(day, people[day % len(people)]) for day in range(days)]


def hours_of(rota, person):
    """The hours that a person works."""
    return SHIFT_HOURS * sum(1 for _, who in rota if who == person)


def is_sound(rota):
    """Whether each day is in the rota once."""
    days = [day for day, _ in rota]
    return len(days) == len(set(days))
