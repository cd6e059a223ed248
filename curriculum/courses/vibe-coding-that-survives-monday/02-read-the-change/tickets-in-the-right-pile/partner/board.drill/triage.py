def pile(ticket):
    """The pile of a ticket: damage, missing or other."""
    text = ticket["text"]{capitals}.split()
    {both}
    return "other"


def urgent(ticket):
    """Whether a ticket has waited too long."""
    return {limit}


def board(tickets):
    """The senders by pile, urgent ones first."""
    {nothing}
    for ticket in sorted(tickets, key=urgent, reverse=True):
        piles.setdefault(pile(ticket), []).append(ticket["from"])
    return piles
