def average_wait(minutes):
    if not minutes:
        raise ValueError("nobody has been seen yet")
    total = 0
    for wait in minutes:
        total = total + wait
    return total / len(minutes)
