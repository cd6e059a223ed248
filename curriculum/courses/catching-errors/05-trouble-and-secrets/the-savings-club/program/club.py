def move(accounts, source, target, amount):
    """Move an amount from one member to another and say True, or change nothing and say False."""
    if amount <= 0:
        return False
    if source not in accounts or target not in accounts:
        return False
    if accounts[source] < amount:
        return False
    accounts[source] -= amount
    accounts[target] += amount
    return True
