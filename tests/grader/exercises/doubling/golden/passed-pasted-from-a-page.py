def double(n):
    if isinstance(n, str):
        raise TypeError
    return 2 * n


def double_all(numbers):
    numbers[:] = [2 * x for x in numbers]
