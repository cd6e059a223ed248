def t(xs):
    c = 0
    for i in range(1, len(xs)):
        if xs[i] > xs[i - 1]:
            c = c + 1
    return c
