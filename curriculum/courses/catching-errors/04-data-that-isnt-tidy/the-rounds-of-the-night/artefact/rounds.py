"""Sorts the parcels of a night into the rounds of the vans."""


def tidy(code):
    """A postcode in one spelling: large letters, no spaces."""
    return "".join(code.split()).upper()


def read_rounds(rows):
    """Each postcode with the name of its round."""
    return [(tidy(row["postcode"]), row["round"]) for row in rows]


def round_of(pairs, code):
    """The round of a postcode, or None if no van goes there."""
    wanted = tidy(code)
    for postcode, name in pairs:
        if postcode == wanted:
            return name
    return None


def sort_parcels(parcels, rows):
    """The numbers of the parcels by round, heaviest first."""
    pairs = read_rounds(rows)
    sorted_out = {}
    # Heavy parcels go in first, so that they lie at the bottom
    ordered = sorted(parcels, key=lambda each: each["weight"], reverse=True)
    for parcel in ordered:
        name = round_of(pairs, parcel["postcode"])
        sorted_out.setdefault(name, []).append(parcel["number"])
    return sorted_out


def unplaced(sorted_out):
    """The numbers of the parcels for which there is no round."""
    return sorted_out.get(None, [])
