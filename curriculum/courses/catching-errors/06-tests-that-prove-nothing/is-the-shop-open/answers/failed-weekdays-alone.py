from opening import is_open


def test_monday():
    assert is_open("mon", 540)
    assert not is_open("mon", 539)
    assert is_open("mon", 1079)
    assert not is_open("mon", 1080)


def test_sunday():
    assert not is_open("sun", 600)
