from camp import stay


def test_one_night_for_one():
    assert stay(1, 1) == 21
