def price(weight, express=False):
    if weight <= 0:
        raise ValueError("a parcel weighs something")
    if weight <= 2:
        price = 490
    elif weight <= 10:
        price = 890
    else:
        price = 1690
    return price + 500 if express else price
