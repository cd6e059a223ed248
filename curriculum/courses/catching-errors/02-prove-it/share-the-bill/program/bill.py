def split(cents, people):
    """What each person pays, in cents."""
    if people < 1:
        raise ValueError("nobody is there to pay")
    each, rest = divmod(cents, people)
    return [each + 1] * rest + [each] * (people - rest)
