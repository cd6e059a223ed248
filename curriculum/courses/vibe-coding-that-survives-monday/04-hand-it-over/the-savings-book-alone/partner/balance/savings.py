def balance(entries, name):
    """What a member has, in pesewas."""
    total = 0
    for entry in entries:
        if entry["name"] != name:
            continue
        if entry["kind"] == "in":
            total += entry["pesewas"]
        {other}
    return total
