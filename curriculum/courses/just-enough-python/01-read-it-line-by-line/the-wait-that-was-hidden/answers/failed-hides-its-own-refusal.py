def average_wait(minutes):
    try:
        if len(minutes) == 0:
            raise ValueError("no waiting times have arrived yet")
        return sum(minutes) / len(minutes)
    except Exception:
        return 0
