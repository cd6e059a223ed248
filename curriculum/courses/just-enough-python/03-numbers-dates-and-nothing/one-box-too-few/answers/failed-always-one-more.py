def boxes(bottles):
    return bottles // 6 + 1
