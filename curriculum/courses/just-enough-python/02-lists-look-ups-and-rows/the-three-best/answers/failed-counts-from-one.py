def window(sold):
    return sold[1:4]
