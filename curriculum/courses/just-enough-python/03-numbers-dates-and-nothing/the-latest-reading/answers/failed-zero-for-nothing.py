def latest(readings):
    found = 0
    for reading in readings:
        if reading is not None:
            found = reading
    return found
