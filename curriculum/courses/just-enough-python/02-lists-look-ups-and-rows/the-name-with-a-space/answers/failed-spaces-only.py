def enrolled(typed, names):
    for name in names:
        if name.strip() == typed.strip():
            return True
    return False
