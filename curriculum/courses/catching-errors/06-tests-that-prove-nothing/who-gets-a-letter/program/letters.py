FREE_DAYS = 2


def who_gets_a_letter(loans, today):
    late = set()
    for loan in loans:
        if loan["returned"] is not None:
            continue
        if today - loan["due"] > FREE_DAYS:
            late.add(loan["member"])
    return sorted(late)
