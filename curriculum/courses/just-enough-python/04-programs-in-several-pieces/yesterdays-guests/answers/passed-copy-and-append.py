def check_in(name, guests=()):
    result = list(guests)
    result.append(name)
    return result
