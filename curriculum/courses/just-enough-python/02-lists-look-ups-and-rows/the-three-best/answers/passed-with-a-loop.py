def window(sold):
    best = []
    for product in sold:
        if len(best) < 3:
            best.append(product)
    return best
