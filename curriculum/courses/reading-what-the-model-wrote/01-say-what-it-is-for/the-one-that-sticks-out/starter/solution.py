def g(xs):
    a = ""
    for x in xs:
        if len(x) > len(a):
            a = x
    return a
