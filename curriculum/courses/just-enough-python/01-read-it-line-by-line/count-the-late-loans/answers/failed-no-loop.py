def charged_loans(days_late):
    return len([days for days in days_late if days > 2])
