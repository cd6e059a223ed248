def ship(photo):
    """The ship's name, without the ending of the photo."""
    # Take away the ending, in small or large letters
    return photo.strip(".jpgJPG")
