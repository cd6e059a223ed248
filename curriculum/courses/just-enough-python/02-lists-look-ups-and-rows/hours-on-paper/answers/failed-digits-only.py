def total_hours(days):
    total = 0
    for day in days:
        if day.isdigit():
            total = total + int(day)
    return total
