def v(xs, n):
    r = []
    for x in xs:
        if x > n:
            r.append(n)
        elif x >= 0:
            r.append(x)
    return r
