def ticket(people):
    price = 100
    if people >= 10:
        price = price - price * 20 // 100
    return price


def bill(people):
    return people * ticket(people)


def window():
    return "One ticket: " + str(ticket(1)) + " pesos"
