def check_in(name, guests=[]):
    guests.clear()
    guests.append(name)
    return guests
