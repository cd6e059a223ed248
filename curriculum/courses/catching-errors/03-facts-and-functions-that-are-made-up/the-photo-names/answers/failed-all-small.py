def ship(photo):
    return photo.lower().removesuffix(".jpg")
