def shares(cents, people):
    return [round(cents / people, 2)] * people
