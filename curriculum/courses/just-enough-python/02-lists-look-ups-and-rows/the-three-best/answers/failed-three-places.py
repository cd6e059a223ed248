def window(sold):
    return [sold[0], sold[1], sold[2]]
