def h(d, n):
    r = []
    for k in sorted(d):
        if d[k] is not None and d[k] < n:
            r.append(k)
    return r
