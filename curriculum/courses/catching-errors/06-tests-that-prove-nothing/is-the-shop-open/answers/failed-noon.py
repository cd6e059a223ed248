from opening import is_open


def test_noon():
    for day in ("mon", "tue", "wed", "thu", "fri", "sat"):
        assert is_open(day, 720)
    assert not is_open("sun", 720)


def test_night():
    assert not is_open("mon", 100)
