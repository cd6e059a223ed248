FULL_PRICE = 100


def ticket(people):
    return FULL_PRICE


def bill(people):
    total = people * FULL_PRICE
    return total * 80 // 100 if people >= 10 else total


def window():
    return f"One ticket: {FULL_PRICE} pesos"
