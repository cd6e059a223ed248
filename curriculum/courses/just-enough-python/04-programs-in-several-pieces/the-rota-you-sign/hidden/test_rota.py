import pytest
from solution import hours_of, rota


def test_two_shifts_are_added():
    assert rota([("Bola", 6), ("Bola", 8)]) == {"Bola": 14}


def test_two_people_are_kept_apart():
    assert rota([("Uche", 4), ("Femi", 7), ("Uche", 5)]) == {"Uche": 9, "Femi": 7}


def test_a_new_week_starts_empty():
    rota([("Sade", 6)])
    assert rota([("Tobi", 3)]) == {"Tobi": 3}


def test_three_weeks_in_a_row():
    first = rota([("Ife", 1)])
    second = rota([("Ayo", 2)])
    third = rota([])
    assert (first, second, third) == ({"Ife": 1}, {"Ayo": 2}, {})


def test_hours_of_a_person():
    assert hours_of("Kemi", {"Kemi": 9, "Dayo": 2}) == 9


def test_an_unknown_person_stops():
    with pytest.raises(KeyError):
        hours_of("Nobody", {"Kemi": 9})


def test_a_person_with_no_hours_is_known():
    assert hours_of("Zara", {"Zara": 0}) == 0
