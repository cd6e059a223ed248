from rooms import is_free


def test_taken():
    assert not is_free([("12", 5, 9)], "12", 5, 9)
