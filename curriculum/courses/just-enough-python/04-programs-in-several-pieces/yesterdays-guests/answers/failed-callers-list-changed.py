def check_in(name, guests=None):
    if guests is None:
        guests = []
    guests.append(name)
    return guests
