def boxes(bottles):
    if bottles < 6:
        return 1
    full = bottles // 6
    if bottles % 6 > 0:
        return full + 1
    return full
