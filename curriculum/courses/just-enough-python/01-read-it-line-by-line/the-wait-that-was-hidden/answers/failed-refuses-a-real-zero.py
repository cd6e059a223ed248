def average_wait(minutes):
    if sum(minutes) == 0:
        raise ValueError("no waiting times have arrived yet")
    return sum(minutes) / len(minutes)
