def reasons(calls):
    counts = {}
    return counts
