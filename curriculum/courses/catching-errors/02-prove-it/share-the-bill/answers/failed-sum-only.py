from bill import split


def test_sum():
    assert sum(split(100, 3)) == 100
    assert sum(split(1001, 4)) == 1001
    assert len(split(100, 3)) == 3
