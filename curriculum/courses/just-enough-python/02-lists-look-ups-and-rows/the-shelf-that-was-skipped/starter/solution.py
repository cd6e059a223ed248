def tins(shelves):
    total = 0
    for place in range(1, len(shelves)):
        total = total + shelves[place]
    return total
