import pytest
from slots import slots


def test_the_last_visit_fits_to_the_minute():
    assert slots(480, 540, 20) == [480, 500, 520]


def test_the_last_visit_does_not_fit():
    assert slots(480, 539, 20) == [480, 500]


def test_a_taken_time_is_left_out():
    assert slots(480, 540, 20, [500]) == [480, 520]


def test_a_visit_takes_some_time():
    with pytest.raises(ValueError):
        slots(480, 540, 0)
