from datetime import date


def bill(arrival, departure, price):
    nights = (departure - arrival).days
    return nights * price
