def latest(readings):
    return readings[-1]
