def j(xs):
    a = None
    r = []
    for x in xs:
        if x is not None:
            a = x
        r.append(a)
    return r
