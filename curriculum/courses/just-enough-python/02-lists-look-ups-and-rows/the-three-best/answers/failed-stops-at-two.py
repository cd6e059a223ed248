def window(sold):
    return sold[0:2]
