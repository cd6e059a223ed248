import pytest


def test_all():
    assert slots(0, 30, 10) == [0, 10, 20]
    assert slots(0, 29, 10, (10,)) == [0]
    assert slots(0, 30, 10, (10,)) == [0, 20]
    with pytest.raises(ValueError):
        slots(0, 30, 0)
