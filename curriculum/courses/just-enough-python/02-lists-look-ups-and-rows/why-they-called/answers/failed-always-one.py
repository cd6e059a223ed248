def reasons(calls):
    counts = {}
    for reason in calls:
        counts[reason] = 1
    return counts
