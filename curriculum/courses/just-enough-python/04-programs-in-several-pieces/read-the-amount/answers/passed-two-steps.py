def amount(typed):
    number = None
    try:
        number = int(typed.strip())
    except ValueError:
        number = None
    return number
