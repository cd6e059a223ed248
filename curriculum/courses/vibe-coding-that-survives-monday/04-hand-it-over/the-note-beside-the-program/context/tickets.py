TICKET = 100  # pesos
GROUP = 10


def bill(people):
    """What a group pays for its visit, in pesos."""
    full = TICKET * people
    if people >= GROUP:
        return full * 8 // 10
    return full


def change(paid, people):
    """How much to give back, or None if less was paid."""
    left = paid - bill(people)
    if left < 0:
        return None
    return left
