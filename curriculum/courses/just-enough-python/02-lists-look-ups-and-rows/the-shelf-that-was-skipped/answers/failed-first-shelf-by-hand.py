def tins(shelves):
    total = shelves[0]
    for place in range(1, len(shelves)):
        total = total + shelves[place]
    return total
