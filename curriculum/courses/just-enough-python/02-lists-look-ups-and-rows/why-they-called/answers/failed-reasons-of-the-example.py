def reasons(calls):
    counts = {"delay": 0, "price": 0}
    for reason in calls:
        if reason in counts:
            counts[reason] = counts[reason] + 1
    return counts
