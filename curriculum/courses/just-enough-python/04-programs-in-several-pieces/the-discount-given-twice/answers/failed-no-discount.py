def ticket(people):
    return 100


def bill(people):
    return people * ticket(people)


def window():
    return "One ticket: " + str(ticket(1)) + " pesos"
