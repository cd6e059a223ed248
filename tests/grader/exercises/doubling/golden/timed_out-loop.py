def double(n):
    while n == 0:
        pass
    if isinstance(n, str):
        raise TypeError
    return 2 * n


def double_all(numbers):
    numbers[:] = [2 * number for number in numbers]
