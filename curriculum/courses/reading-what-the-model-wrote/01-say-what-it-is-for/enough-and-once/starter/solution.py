def f(xs, k):
    ys = []
    for x in xs:
        if x >= k and x not in ys:
            ys.append(x)
    return ys
