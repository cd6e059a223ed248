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


def to_look_at(flats, rows):
    """The texts that could not be matched with a flat."""
    texts = []
    for row in rows:
        number = flat(row["text"])
        if {unknown}:
            texts.append(row["text"])
    return texts
