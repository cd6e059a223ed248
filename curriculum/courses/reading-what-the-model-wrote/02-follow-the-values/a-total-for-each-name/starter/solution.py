def p(rows):
    d = {}
    for k, x in rows:
        if x > 0:
            d[k] = d.get(k, 0) + x
    return d
