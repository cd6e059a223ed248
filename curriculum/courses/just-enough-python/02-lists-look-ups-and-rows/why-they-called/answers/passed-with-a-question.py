def reasons(calls):
    counts = {}
    for reason in calls:
        if reason in counts:
            counts[reason] = counts[reason] + 1
        else:
            counts[reason] = 1
    return counts
