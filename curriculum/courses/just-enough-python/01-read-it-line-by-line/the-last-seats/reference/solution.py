def seats_left(groups):
    left = 12
    for group in groups:
        if group <= left:
            left = left - group
    return left
