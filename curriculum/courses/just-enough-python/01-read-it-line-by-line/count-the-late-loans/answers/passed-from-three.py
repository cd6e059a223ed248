def charged_loans(days_late):
    charged = 0
    for loan in days_late:
        if loan >= 3:
            charged += 1
    return charged
