def latest(readings):
    for reading in readings:
        if reading is not None:
            return reading
    return None
