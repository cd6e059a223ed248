def double(n):
    if isinstance(n, str):
        raise TypeError("a number is wanted")
    return 2 * n


def double_all(numbers):
    for at, number in enumerate(numbers):
        numbers[at] = double(number)
