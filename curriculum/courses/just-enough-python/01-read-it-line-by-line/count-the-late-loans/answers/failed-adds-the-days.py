def charged_loans(days_late):
    count = 0
    for days in days_late:
        if days > 2:
            count = count + days
    return count
