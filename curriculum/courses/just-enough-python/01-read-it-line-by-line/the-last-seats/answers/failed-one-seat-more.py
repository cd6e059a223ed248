def seats_left(groups):
    left = 13
    for group in groups:
        if group < left:
            left = left - group
    return left
