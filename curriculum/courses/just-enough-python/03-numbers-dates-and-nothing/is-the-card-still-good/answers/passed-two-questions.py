def is_good(day, first, last):
    if day < first:
        return False
    if day > last:
        return False
    return True
