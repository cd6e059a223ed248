def is_good(day, first, last):
    return first < day < last
