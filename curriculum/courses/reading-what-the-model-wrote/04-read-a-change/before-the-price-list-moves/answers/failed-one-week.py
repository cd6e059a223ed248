from camp import stay


def test_family():
    assert stay(2, 2, 2) == 2 * (9 + 24 + 12)


def test_week():
    assert stay(7, 1) == 126
