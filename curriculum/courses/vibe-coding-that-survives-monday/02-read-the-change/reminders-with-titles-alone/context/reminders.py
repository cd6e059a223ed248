DAYS = 7


def is_late(loan, today):
    """Whether a book has been out too long."""
    if loan["returned"] is not None:
        return False
    out = today - loan["out"]
    if out <= DAYS:
        return False
    return True


def reminders(loans, today):
    """One line for each late book."""
    lines = []
    for loan in loans:
        if is_late(loan, today):
            lines.append(loan["member"] + ": a book is late")
    return lines
