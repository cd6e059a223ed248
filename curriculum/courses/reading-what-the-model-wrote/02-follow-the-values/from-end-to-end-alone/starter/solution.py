def m(xs):
    if not xs:
        return None
    a = xs[0]
    b = xs[0]
    for x in xs:
        if x > a:
            a = x
        if x < b:
            b = x
    return a - b
