def amount(typed):
    try:
        return int(typed)
    except ValueError:
        return None
