import pytest
from slots import slots


def test_half_hours():
    assert slots(480, 540, 30) == [480, 510]
    assert slots(480, 570, 30, [510]) == [480, 540]


def test_refused():
    with pytest.raises(ValueError):
        slots(480, 540, -5)
