def double(n):
    if isinstance(n, str):
        raise TypeError
    return n + n


def double_all(numbers):
    numbers = [double(number) for number in numbers]
