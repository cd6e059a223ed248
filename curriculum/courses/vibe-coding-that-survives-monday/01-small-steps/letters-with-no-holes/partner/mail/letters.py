def greeting(row):
    """The first line of a family's letter."""
    name = row["parent"].strip()
    {nobody}
    return "Dear " + name + ","


def letter(template, row):
    """The template with its marks filled in from a row."""
    text = template.replace("<greeting>", greeting(row))
    for mark, value in row.items():
        text = text.replace("<" + mark + ">", str(value))
    {unknown}
    return text


def mailing(template, rows):
    """The letters to send, in the order of the rows."""
    letters = []
    for row in rows:
        {paid}
        letters.append(letter(template, row))
    return letters
