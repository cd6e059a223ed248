from opening import is_open


def test_open():
    for day, minute in [("mon", 540), ("fri", 1079), ("fri", 1000), ("sat", 600), ("sat", 839)]:
        assert is_open(day, minute)


def test_shut():
    for day, minute in [("mon", 539), ("mon", 1080), ("sat", 599), ("sat", 840), ("sun", 700)]:
        assert not is_open(day, minute)
