def shares(cents, people):
    share = cents // people
    result = [share] * people
    result[0] = share + cents % people
    return result
