def shares(cents, people):
    share = cents // people
    rest = cents % people
    result = []
    for person in range(people):
        if person < rest:
            result.append(share + 1)
        else:
            result.append(share)
    return result
