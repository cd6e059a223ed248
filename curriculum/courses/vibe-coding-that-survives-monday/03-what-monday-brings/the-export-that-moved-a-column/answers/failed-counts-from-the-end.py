def totals(text):
    sums = {}
    for line in text.splitlines()[1:]:
        if not line:
            continue
        cells = line.split(",")
        sums[cells[0]] = sums.get(cells[0], 0) + int(cells[-1] or 0)
    return sums
