def check_in(name, guests=[]):
    guests.append(name)
    return guests
