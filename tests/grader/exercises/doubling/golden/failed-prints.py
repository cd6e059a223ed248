def double(n):
    print(2 * n)


def double_all(numbers):
    print(numbers)
