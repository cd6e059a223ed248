import pytest

from rota import SHIFT_HOURS, hours_of, is_sound, make_rota

PEOPLE = ["Ada", "Ben", "Cy"]


def test_everyone_gets_a_shift():
    rota = make_rota(PEOPLE, 6)
    assert {person for _, person in rota} == set(PEOPLE)


def test_people_take_turns():
    rota = make_rota(PEOPLE, 6)
    expected = [(day, PEOPLE[day % 3]) for day, _ in rota]
    assert [person for _, person in rota] == [who for _, who in expected]


def test_every_day_is_planned():
    rota = make_rota(PEOPLE, 6)
    assert rota


def test_nobody_is_refused():
    try:
        make_rota([], 3)
    except ValueError:
        pass


def test_hours():
    rota = make_rota(PEOPLE, 6)
    assert hours_of(rota, "Ada") == 2 * SHIFT_HOURS


def test_two_shifts_on_one_day_are_seen():
    assert not is_sound([(0, "Ada"), (0, "Ben")])
    assert is_sound([(0, "Ada"), (1, "Ada")])
