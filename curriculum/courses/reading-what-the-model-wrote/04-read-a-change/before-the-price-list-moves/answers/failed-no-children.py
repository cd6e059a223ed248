import pytest
from camp import stay


def test_adults():
    assert stay(3, 2) == 99


def test_long_stay():
    assert stay(6, 1) == 126
    assert stay(14, 1) == 252


def test_nothing():
    with pytest.raises(ValueError):
        stay(0, 1)
