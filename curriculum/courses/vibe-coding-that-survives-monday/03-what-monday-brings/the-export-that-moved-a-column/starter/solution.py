def totals(text):
    """What went to each shop, in whole pesos."""
    sums = {}
    for line in text.splitlines()[1:]:
        if not line:
            continue
        cells = line.split(",")
        sums[cells[0]] = sums.get(cells[0], 0) + int(cells[2] or 0) if cells[2].isdigit() else sums.get(cells[0], 0)
    return sums
