import pytest
from bill import split


def test_five_share():
    assert split(23, 5) == [5, 5, 5, 4, 4]


def test_wrong_people():
    with pytest.raises(ValueError):
        split(10, 0)
    with pytest.raises(ValueError):
        split(10, -2)
