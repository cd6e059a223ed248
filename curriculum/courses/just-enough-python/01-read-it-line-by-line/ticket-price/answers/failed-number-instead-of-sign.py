def ticket_price(age):
    if age < 5:
        return 0
    elif age < 18:
        return 60
    else:
        return 120
