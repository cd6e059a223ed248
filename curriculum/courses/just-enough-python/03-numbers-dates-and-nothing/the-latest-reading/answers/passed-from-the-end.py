def latest(readings):
    for reading in reversed(readings):
        if reading is not None:
            return reading
    return None
