import pytest

from camp import stay


def test_prices_of_a_night():
    assert stay(1, 2, 3) == 9 + 24 + 18


def test_the_seventh_night_is_free():
    assert stay(6, 1) == 6 * 21
    assert stay(7, 1) == 6 * 21
    assert stay(8, 1) == 7 * 21


def test_so_is_the_fourteenth():
    assert stay(14, 1) == 12 * 21


def test_no_stay_without_a_night():
    with pytest.raises(ValueError):
        stay(0, 2)
