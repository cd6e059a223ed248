from datetime import date


def bill(arrival, departure, price):
    nights = (departure - arrival).days
    if nights < 0:
        raise ValueError("the guest can't leave before coming")
    return price * nights
