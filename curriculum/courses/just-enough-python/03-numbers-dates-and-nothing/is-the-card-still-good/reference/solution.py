def is_good(day, first, last):
    return first <= day and day <= last
