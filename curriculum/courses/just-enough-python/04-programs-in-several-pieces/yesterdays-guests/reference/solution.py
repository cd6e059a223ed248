def check_in(name, guests=None):
    if guests is None:
        guests = []
    return list(guests) + [name]
