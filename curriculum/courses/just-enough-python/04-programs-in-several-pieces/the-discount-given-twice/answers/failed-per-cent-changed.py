def ticket(people):
    price = 100
    if people >= 10:
        price = price - price * 10 // 100
    return price


def bill(people):
    total = people * ticket(people)
    if people >= 10:
        total = total - total * 11 // 100
    return total


def window():
    return "One ticket: " + str(ticket(1)) + " pesos"
