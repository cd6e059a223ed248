from datetime import date


def bill(arrival, departure, price):
    if departure < arrival:
        raise ValueError("departure before arrival")
    # count the days of the stay, the first and the last included
    nights = (departure - arrival).days + 1
    return nights * price
