def total_hours(days):
    total = 0
    for day in days:
        try:
            total = total + int(day)
        except ValueError:
            total = total + 0
    return total
