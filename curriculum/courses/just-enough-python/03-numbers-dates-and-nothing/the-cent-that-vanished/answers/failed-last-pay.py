def shares(cents, people):
    share = cents // people
    rest = cents % people
    return [share] * (people - rest) + [share + 1] * rest
