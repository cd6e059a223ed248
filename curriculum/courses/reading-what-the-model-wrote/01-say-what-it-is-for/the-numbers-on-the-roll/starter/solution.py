def f(xs):
    if not xs:
        return []
    r = []
    for n in range(min(xs), max(xs)):
        if n not in xs:
            r.append(n)
    return r
