def flat(text):
    """The number of the flat that a bank text names."""
    words = text.lower().replace("flat", "flat ").split()
    {unnamed}
    return int(words[words.index("flat") + 1])


def still_open(flats, rows):
    """What each flat still has to pay, in cents."""
    got = {}
    for row in rows:
        number = flat(row["text"])
        {parts}
    left = {number: rent - got.get(number, 0) for number, rent in flats.items()}
    return {number: cents for number, cents in left.items() if cents > 0}
