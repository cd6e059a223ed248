import pytest

from solution import fee


def test_no_fee_when_free():
    assert fee(3, 14) == 0


@pytest.mark.parametrize(("days", "expected"), [(15, 2), (27, 26)])
def test_days_after(days, expected):
    assert fee(days, 14) == expected


def test_minus_days():
    with pytest.raises(ValueError):
        fee(-1, 14)
