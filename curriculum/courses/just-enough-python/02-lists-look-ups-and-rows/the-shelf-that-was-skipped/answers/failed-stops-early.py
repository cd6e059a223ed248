def tins(shelves):
    total = 0
    for place in range(len(shelves) - 1):
        total = total + shelves[place]
    return total
