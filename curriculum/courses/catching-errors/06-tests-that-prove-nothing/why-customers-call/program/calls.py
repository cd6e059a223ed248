def top_reasons(calls, most):
    """(reason, count) for the reasons that were given most often."""
    counts = {}
    for call in calls:
        # One spelling for each reason
        reason = call.strip().lower()
        if reason:
            counts[reason] = counts.get(reason, 0) + 1
    # The most frequent first, then by name
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return ranked[:most]
