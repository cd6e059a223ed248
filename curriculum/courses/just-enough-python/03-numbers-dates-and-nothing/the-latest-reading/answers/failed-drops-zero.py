def latest(readings):
    found = None
    for reading in readings:
        if reading:
            found = reading
    return found
