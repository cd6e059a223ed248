def amount(typed):
    try:
        return int(typed) or None
    except ValueError:
        return None
