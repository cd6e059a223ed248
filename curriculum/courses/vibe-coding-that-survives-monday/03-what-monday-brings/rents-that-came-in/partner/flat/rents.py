def flat(text):
    """The number of the flat that a bank text names."""
    words = text.lower().replace("flat", "flat ").split()
    {unnamed}
    return int(words[words.index("flat") + 1])
