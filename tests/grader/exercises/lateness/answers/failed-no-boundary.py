from loans import fee, is_late


def test_late():
    assert is_late(3) and fee(2) == 100
