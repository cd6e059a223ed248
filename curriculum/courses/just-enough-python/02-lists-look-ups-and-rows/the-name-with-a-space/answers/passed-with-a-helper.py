def tidy(name):
    return name.strip().lower()


def enrolled(typed, names):
    return tidy(typed) in [tidy(name) for name in names]
