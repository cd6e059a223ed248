def may_borrow(at_home, wanted, owes):
    if wanted < 1:
        raise ValueError("nobody borrows nothing")
    if owes > 500:
        return False
    return at_home + wanted <= 3
