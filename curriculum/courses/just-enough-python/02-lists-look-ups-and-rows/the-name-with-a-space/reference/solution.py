def enrolled(typed, names):
    wanted = typed.strip().lower()
    for name in names:
        if name.strip().lower() == wanted:
            return True
    return False
