while True:
    pass


def double(n):
    return 2 * n


def double_all(numbers):
    pass
