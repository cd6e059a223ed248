def ticket_price(age):
    if age >= 18:
        return 120
    if age >= 6:
        return 60
    return 0
