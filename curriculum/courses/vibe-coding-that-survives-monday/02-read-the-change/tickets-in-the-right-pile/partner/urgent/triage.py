def pile(ticket):
    """The pile of a ticket: damage, missing or other."""
    text = ticket["text"]{capitals}
    {both}
    return "other"


def urgent(ticket):
    """Whether a ticket has waited too long."""
    return {limit}
