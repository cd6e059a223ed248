def enrolled(typed, names):
    typed = typed.strip().lower()
    for name in names:
        if name == typed:
            return True
    return False
