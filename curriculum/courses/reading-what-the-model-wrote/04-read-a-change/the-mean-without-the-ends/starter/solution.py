def t(xs):
    ys = sorted(xs)[1:-1]
    if not ys:
        return None
    return sum(ys) / len(ys)
