def v(x, c, m):
    y = x - x * c // 100
    if y < m:
        return m
    return y
