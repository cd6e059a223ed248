from datetime import date


def bill(arrival, departure, price):
    nights = abs((departure - arrival).days)
    return nights * price
