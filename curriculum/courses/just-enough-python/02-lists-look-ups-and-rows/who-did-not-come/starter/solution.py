def n(a, b):
    r = []
    for x in a:
        if x not in b:
            r.append(x)
    return sorted(r)
