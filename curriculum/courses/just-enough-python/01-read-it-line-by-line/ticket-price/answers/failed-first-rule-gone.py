def ticket_price(age):
    if age < 18:
        return 60
    else:
        return 120
