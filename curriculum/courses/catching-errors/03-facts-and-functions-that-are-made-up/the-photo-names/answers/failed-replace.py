def ship(photo):
    return photo.replace(".jpg", "").replace(".JPG", "")
