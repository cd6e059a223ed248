def double(n):
    return 2 * m


def double_all(numbers):
    numbers[:] = [2 * number for number in numbers]
