def average_wait(minutes):
    if len(minutes) == 0:
        raise ValueError("no waiting times have arrived yet")
    try:
        return sum(minutes) / len(minutes)
    except Exception:
        return 0
