print("starting")
rate = percent / 100


def double(n):
    return 2 * n


def double_all(numbers):
    pass
