def minutes(text):
    """The minutes of one cell."""
    text = text.replace("min", "").strip()
    if text == "":
        {blank}
    return int(text)
