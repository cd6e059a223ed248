def d(a, b):
    r = []
    for k in a:
        if k in b and b[k] > a[k]:
            r.append(k)
    return r
