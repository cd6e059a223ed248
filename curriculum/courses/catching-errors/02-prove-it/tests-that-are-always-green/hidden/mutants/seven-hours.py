SHIFT_HOURS = 7


def make_rota(people, days):
    if not people:
        raise ValueError("nobody to plan for")
    return [(day, people[day % len(people)]) for day in range(days)]


def hours_of(rota, person):
    return SHIFT_HOURS * sum(1 for _, who in rota if who == person)


def is_sound(rota):
    days = [day for day, _ in rota]
    return len(days) == len(set(days))
