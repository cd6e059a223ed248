ADULT = 12
CHILD = 6
TENT = 9


def stay(nights, adults, children=0):
    """Euros for one tent."""
    if nights < 1:
        raise ValueError("a stay has at least one night")
    paid = nights - nights // 7
    night = TENT + adults * ADULT + children * CHILD
    return paid * night
