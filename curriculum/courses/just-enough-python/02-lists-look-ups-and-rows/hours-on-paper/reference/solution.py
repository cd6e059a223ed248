def total_hours(days):
    total = 0
    for day in days:
        hours = day.strip()
        if hours != "":
            total = total + int(hours)
    return total
