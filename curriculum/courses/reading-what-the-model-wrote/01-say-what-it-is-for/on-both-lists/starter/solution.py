def h(a, b):
    c = [y.lower() for y in b]
    r = []
    for x in a:
        if x.lower() in c:
            r.append(x)
    return r
