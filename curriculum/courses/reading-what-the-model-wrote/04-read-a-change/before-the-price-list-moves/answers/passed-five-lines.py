import pytest
from camp import stay


def test_camp():
    assert stay(1, 2, 1) == 39
    assert stay(6, 1) == 126
    assert stay(7, 1) == 126
    assert stay(15, 1) == 273
    with pytest.raises(ValueError):
        stay(0, 1)
