def z(xs):
    a = 0
    b = 0
    for x in xs:
        if x == 0:
            a = a + 1
            if a > b:
                b = a
        else:
            a = 0
    return b
