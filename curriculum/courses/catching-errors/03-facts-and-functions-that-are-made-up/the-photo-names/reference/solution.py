def ship(photo):
    """The ship's name, without the ending of the photo."""
    if photo.lower().endswith(".jpg"):
        return photo[:-4]
    return photo
