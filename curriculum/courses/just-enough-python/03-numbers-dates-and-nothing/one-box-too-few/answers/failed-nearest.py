def boxes(bottles):
    return round(bottles / 6)
