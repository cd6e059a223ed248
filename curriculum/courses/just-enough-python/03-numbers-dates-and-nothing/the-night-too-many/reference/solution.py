from datetime import date


def bill(arrival, departure, price):
    if departure < arrival:
        raise ValueError("departure before arrival")
    nights = (departure - arrival).days
    return nights * price
