def reasons(calls):
    counts = {}
    for reason in calls:
        counts[reason] = counts.get(reason, 0) + 1
    return counts
