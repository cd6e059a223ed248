def w(xs, k):
    s = 0
    n = 0
    for x in xs:
        s = s + x
        n = n + 1
        if s >= k:
            return n
    return 0
