def fee(price, days):
    """What cancelling costs, so many days before."""
    if {edge.free}:
        return 0
    if {edge.half}:
        return {half}
    return price


def back(price, paid, days):
    """What the guest gets back."""
    return {owing}


def mail(name, price, paid, days):
    """The text of the answer to a guest."""
    amount = back(price, paid, days)
    {none}
    return "Dear " + name + ", " + str(amount) + " pesos come back to you."
