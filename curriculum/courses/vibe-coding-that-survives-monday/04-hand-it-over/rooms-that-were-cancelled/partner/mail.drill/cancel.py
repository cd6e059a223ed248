def fee(price, days):
    """What cancelling costs, so many days before."""
    table = [(3, price), (13, {half})]
    for limit, cost in table:
        if days <= limit:
            return cost
    return 0


def back(price, paid, days):
    """What the guest gets back."""
    return {owing}


def mail(name, price, paid, days):
    """The text of the answer to a guest."""
    amount = back(price, paid, days)
    {none}
    return "Dear " + name + ", " + str(amount) + " pesos come back to you."
