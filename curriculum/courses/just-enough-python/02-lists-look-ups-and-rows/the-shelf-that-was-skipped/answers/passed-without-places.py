def tins(shelves):
    total = 0
    for number in shelves:
        total = total + number
    return total
