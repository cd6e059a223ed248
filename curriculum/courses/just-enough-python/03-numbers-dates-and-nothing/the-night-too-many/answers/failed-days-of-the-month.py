from datetime import date


def bill(arrival, departure, price):
    nights = departure.day - arrival.day
    if nights < 0:
        raise ValueError("departure before arrival")
    return nights * price
