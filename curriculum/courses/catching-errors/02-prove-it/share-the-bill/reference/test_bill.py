import pytest

from bill import split


def test_odd_cents_go_to_the_first():
    assert split(1001, 3) == [334, 334, 333]


def test_the_sum_is_the_bill():
    assert sum(split(998, 7)) == 998


def test_nobody_pays():
    for people in (0, -1):
        with pytest.raises(ValueError):
            split(500, people)
