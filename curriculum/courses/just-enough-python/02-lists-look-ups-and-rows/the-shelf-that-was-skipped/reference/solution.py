def tins(shelves):
    total = 0
    for place in range(len(shelves)):
        total = total + shelves[place]
    return total
