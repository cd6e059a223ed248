def ship(photo):
    return photo.removesuffix(".jpg").removesuffix(".JPG")
