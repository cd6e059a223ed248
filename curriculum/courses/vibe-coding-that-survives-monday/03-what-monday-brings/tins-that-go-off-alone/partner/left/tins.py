def days_left(item, today):
    """How many days an item still keeps, or None."""
    {undated}
    return (item["until"] - today).days
