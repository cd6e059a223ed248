def u(d):
    r = []
    for k in d:
        if not d[k]:
            r.append(k)
    return sorted(r)
