def enrolled(typed, names):
    wanted = typed.strip().lower()
    for name in names:
        if wanted in name.lower():
            return True
    return False
