def window(sold):
    return sold[:3]
