def slots(open_at, close, length, taken=()):
    if length <= 0:
        raise ValueError(f"length: {length}")
    times, start = [], open_at
    while start + length <= close:
        if start not in taken:
            times.append(start)
        start += length
    return times
