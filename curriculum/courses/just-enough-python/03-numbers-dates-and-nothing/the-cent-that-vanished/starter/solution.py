def shares(cents, people):
    share = cents // people
    return [share] * people
