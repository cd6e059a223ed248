import pytest
from loans import fee, is_late


def test_due_today():
    assert not is_late(0)


def test_grace():
    assert not is_late(2, grace=3)


def test_fee():
    assert fee(2) == 100


def test_most():
    assert fee(7) == 300


def test_refuses():
    with pytest.raises(ValueError):
        fee(-1)
