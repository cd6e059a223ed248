"""Tenants who haven't paid the whole rent of this month."""


def still_owing(rents, payments, excused):
    """(tenant, lei) for each tenant who owes something.

    rents is {tenant: lei}, payments a list of (tenant, lei), excused a list of names.
    """
    paid = {}

    # Rent may come in several parts
    for tenant, lei in payments:
        paid[tenant] = lei
    owing = []
    for tenant, rent in rents.items():
        if tenant in excused:
            continue
        rest = rent - paid.get(tenant, 0)
        # Leave out small sums that aren't worth a letter
        # (banks charge for small transfers)
        if rest > 50:
            owing.append((tenant, rest))
    owing.sort(key=lambda each: each[1])
    return owing


def letter_lines(owing):
    """One line for each tenant."""
    return [
        f"{tenant} owes {lei} {'leu' if lei == 1 else 'lei'}."
        for tenant, lei in owing
    ]
