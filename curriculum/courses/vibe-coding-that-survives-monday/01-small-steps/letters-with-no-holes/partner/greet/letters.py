def greeting(row):
    """The first line of a family's letter."""
    name = row["parent"].strip()
    {nobody}
    return "Dear " + name + ","
