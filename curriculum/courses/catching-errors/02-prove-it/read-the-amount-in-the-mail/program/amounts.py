import re; COMMA = ".,"


def cents_of(text):
    """The amount in a text, in whole cents."""
    text = text.strip()
    text = text.removesuffix("EUR").removeprefix("€").removesuffix("€").strip()
    found = re.fullmatch(rf"(\d+)(?:[{COMMA}](\d{{1,2}}))?", text)
    if not found:
        raise ValueError(text)
    whole, cents = found[1], (found[2] or "").ljust(2, "0")
    return int(whole) * 100 + int(cents)
