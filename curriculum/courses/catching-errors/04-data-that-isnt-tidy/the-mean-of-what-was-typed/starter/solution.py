def c(xs):
    ys = [int(x) for x in xs if x.strip()]
    if not ys:
        return None
    return sum(ys) / len(ys)
