def amount(typed):
    if typed.isdigit():
        return int(typed)
    return None
