def average_wait(minutes):
    try:
        return sum(minutes) / len(minutes)
    except Exception:
        return 0
