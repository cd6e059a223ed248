def expected(invoice):
    """What the lines of an invoice come to, in cents."""
    total = 0
    for count, price in invoice["lines"]:
        {no-price}
        total += abs(count) * price
    return total


def to_ask_about(invoices):
    """The numbers of the invoices to ask about."""
    numbers = []
    for invoice in invoices:
        difference = invoice["charged"] - expected(invoice)
        if {slack}:
            numbers.append(invoice["number"])
    return numbers


def report(invoices):
    """One line of text for each invoice to ask about."""
    numbers = to_ask_about(invoices)
    lines = []
    for invoice in invoices:
        if invoice["number"] in numbers:
            difference = invoice["charged"] - expected(invoice)
            lines.append(invoice["number"] + ": " + {money})
    return lines
