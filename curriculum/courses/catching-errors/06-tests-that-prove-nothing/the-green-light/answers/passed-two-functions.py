def ticket(age):
    if age < 6:
        return 0
    return 60 if age < 18 else 120


def group_price(ages):
    if len(ages) < 10:
        return sum(ticket(age) for age in ages)
    return len(ages) * 90
