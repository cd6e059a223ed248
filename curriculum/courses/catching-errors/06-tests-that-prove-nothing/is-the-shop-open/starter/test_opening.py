from opening import is_open


def test_monday_at_noon():
    assert is_open("mon", 720)
