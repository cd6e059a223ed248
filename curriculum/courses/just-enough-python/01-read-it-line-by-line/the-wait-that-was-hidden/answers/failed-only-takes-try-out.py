def average_wait(minutes):
    return sum(minutes) / len(minutes)
