def double(n):
    """Give twice the number."""


def double_all(numbers):
    """Double each number of the list."""
