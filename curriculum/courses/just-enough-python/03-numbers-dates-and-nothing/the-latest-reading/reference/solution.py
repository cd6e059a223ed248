def latest(readings):
    found = None
    for reading in readings:
        if reading is not None:
            found = reading
    return found
