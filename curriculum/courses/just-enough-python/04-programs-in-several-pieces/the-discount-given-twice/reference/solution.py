def ticket(people):
    return 100


def bill(people):
    total = people * ticket(people)
    if people >= 10:
        total = total - total * 20 // 100
    return total


def window():
    return "One ticket: " + str(ticket(1)) + " pesos"
