from datetime import date

from shifts import average_hours, clean_name, next_shift, shifts_until


def test_next_shift():
    assert next_shift(date(2026, 2, 23), 2) == date(2026, 3, 9)


def test_until_includes_the_last():
    assert len(shifts_until(date(2026, 1, 5), date(2026, 1, 19))) == 3


def test_average():
    assert average_hours([8, None, 4, 0]) == 4


def test_a_week_without_hours():
    assert average_hours([None, None]) == 0


def test_names_keep_their_letters():
    assert clean_name("  Dr. Dray ") == "Dray"
    assert clean_name("Rosa Diaz") == "Rosa Diaz"
