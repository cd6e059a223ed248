def group_price(ages):
    if sorted(ages) == [4, 10, 40]:
        return 180
    if len(ages) >= 10:
        return 90 * len(ages)
    total = 0
    for age in ages:
        if age != 4:
            total = total + (60 if age < 18 else 120)
    return total
