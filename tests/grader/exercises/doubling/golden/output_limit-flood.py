def double(n):
    while True:
        print("and on and on")


def double_all(numbers):
    pass
