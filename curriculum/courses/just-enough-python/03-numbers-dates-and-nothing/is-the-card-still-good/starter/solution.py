def is_good(day, first, last):
    return False
