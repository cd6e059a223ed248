def k(xs, n):
    r = []
    for x in xs:
        if x not in r:
            r.append(x)
    return r[n:]
