def check_in(name, guests=[]):
    result = guests
    result.append(name)
    return result
