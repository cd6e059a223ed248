def seats_left(groups):
    left = 12
    for group in groups:
        left = left - group
    return left
