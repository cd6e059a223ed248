def window(sold):
    return sold
