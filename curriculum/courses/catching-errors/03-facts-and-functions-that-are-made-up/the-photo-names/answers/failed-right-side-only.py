def ship(photo):
    return photo.rstrip(".jpgJPG")
