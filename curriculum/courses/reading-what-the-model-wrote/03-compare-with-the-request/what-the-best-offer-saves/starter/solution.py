def s(xs):
    ys = sorted(xs)
    if len(ys) < 2:
        return None
    return ys[1] - ys[0]
