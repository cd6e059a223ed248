SHIFT_HOURS = 8


def make_rota(people, days):
    return [(day, people[day % len(people)]) for day in range(days if people else 0)]


def hours_of(rota, person):
    return SHIFT_HOURS * sum(1 for _, who in rota if who == person)


def is_sound(rota):
    days = [day for day, _ in rota]
    return len(days) == len(set(days))
