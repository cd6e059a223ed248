def seats_left(groups):
    left = 12
    for group in groups:
        if left >= group:
            left -= group
    return left
