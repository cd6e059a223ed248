def total_hours(days):
    total = 0
    return total
