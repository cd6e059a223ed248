def charged_loans(days_late):
    count = 0
    return count
