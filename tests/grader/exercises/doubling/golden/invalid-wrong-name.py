def Double(n):
    return 2 * n


def double_all(numbers):
    pass
