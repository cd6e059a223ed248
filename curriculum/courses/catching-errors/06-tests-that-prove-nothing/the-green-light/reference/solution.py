def group_price(ages):
    """What a group pays for the ferry, in kroner."""
    if len(ages) >= 10:
        return 90 * len(ages)
    total = 0
    for age in ages:
        if age >= 18:
            total = total + 120
        elif age >= 6:
            total = total + 60
    return total
