def double(n):
    kept = []
    while True:
        kept.append(" " * 10_000_000)


def double_all(numbers):
    pass
