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


def may_take(entries, name, pesewas):
    """Whether a member may take so much."""
    return {all}
