def boxes(bottles):
    return (bottles + 5) // 6
