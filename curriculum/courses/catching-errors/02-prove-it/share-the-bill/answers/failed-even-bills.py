import pytest
from bill import split


def test_two():
    assert split(50, 2) == [25, 25]


def test_five():
    assert split(1000, 5) == [200] * 5


def test_nobody():
    with pytest.raises(ValueError):
        split(10, 0)
