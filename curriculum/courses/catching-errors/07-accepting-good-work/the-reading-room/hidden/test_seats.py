import pytest
from seats import end_of_visit, free_seats, waiting_order


def test_ends():
    assert end_of_visit(600) == 780
    assert end_of_visit(1260) == 0
    assert end_of_visit(1380) == 120


@pytest.mark.parametrize(("now", "free"), [(599, 8), (600, 7), (779, 7), (780, 8)])
def test_by_day(now, free):
    assert free_seats([600], now) == free


@pytest.mark.parametrize(("now", "free"), [(1379, 8), (1380, 7), (0, 7), (119, 7), (120, 8)])
def test_by_night(now, free):
    assert free_seats([1380], now) == free


@pytest.mark.parametrize(("now", "free"), [(1260, 7), (1439, 7), (0, 8)])
def test_until_midnight(now, free):
    assert free_seats([1260], now) == free


def test_never_below_zero():
    assert free_seats([600] * 9, 600) == 0


def test_who_is_next():
    people = [("Rui", False, 5), ("Ana", True, 9), ("Eva", True, 7)]
    assert waiting_order(people) == ["Eva", "Ana", "Rui"]
    assert people[0] == ("Rui", False, 5)
