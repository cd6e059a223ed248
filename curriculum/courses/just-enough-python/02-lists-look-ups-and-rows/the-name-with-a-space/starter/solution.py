def enrolled(typed, names):
    typed.strip().lower()
    for name in names:
        if name == typed:
            return True
    return False
