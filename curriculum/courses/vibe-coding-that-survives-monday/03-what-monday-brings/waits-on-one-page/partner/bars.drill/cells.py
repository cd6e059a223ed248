def minutes(text):
    """The minutes of one cell."""
    return int(text.replace("min", "").strip() or 0) or None
