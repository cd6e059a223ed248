"""What was missed, lucky, or wrong and certain comes back; what is behind a learner doesn't."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from countersign.learning.practise import WAITS, Trouble, Try, comes_back, troubles_of

START = datetime(2026, 11, 1, tzinfo=UTC)
ONE = uuid4()


def tried(*troubles: Trouble, day: int = 0, exercise: UUID = ONE) -> Try:
    return Try(exercise=exercise, at=START + timedelta(days=day), troubles=frozenset(troubles))


def test_clean_work_never_comes_back() -> None:
    assert comes_back([tried(), tried(day=1)]) == []


def test_trouble_comes_back_after_a_day() -> None:
    (due,) = comes_back([tried(Trouble.MISSED)])

    assert (due.exercise, due.why) == (ONE, Trouble.MISSED)
    assert due.due == START + timedelta(days=1)


def test_each_clean_try_makes_the_wait_longer_until_it_is_done() -> None:
    tries, waits = [tried(Trouble.LUCKY)], []
    while found := comes_back(tries):
        waits.append(found[0].due - tries[-1].at)
        tries.append(tried(day=(found[0].due - START).days))
    assert tuple(waits) == WAITS


def test_new_trouble_begins_anew() -> None:
    (due,) = comes_back([tried(Trouble.WRONG), tried(day=1), tried(Trouble.LUCKY, day=5)])

    assert due.why is Trouble.LUCKY
    assert due.due == START + timedelta(days=6)


def test_wrong_and_certain_is_the_reason_that_is_named() -> None:
    (due,) = comes_back([tried(Trouble.WRONG, Trouble.CERTAIN, Trouble.LUCKY)])

    assert due.why is Trouble.CERTAIN


def test_the_soonest_comes_first() -> None:
    other = uuid4()

    found = comes_back([tried(Trouble.WRONG, day=3), tried(Trouble.WRONG, day=1, exercise=other)])

    assert [due.exercise for due in found] == [other, ONE]


TRIES = st.builds(tried, st.sampled_from(Trouble), day=st.integers(0, 60))


@given(st.lists(TRIES, max_size=20))
def test_the_order_of_reading_changes_nothing(tries: list[Try]) -> None:
    by_time = sorted(tries, key=lambda each: each.at)
    assert [due.due for due in comes_back(by_time)] == [due.due for due in comes_back(tries)]


def test_trouble_is_read_from_a_verdict() -> None:
    quiz = {
        "questions": {
            "a": {"sure": "guess", "right": True},
            "b": {"sure": "certain", "right": False},
        }
    }
    memo = {
        "trust": {"planted": 3, "caught": 2, "sound": 2, "false_alarms": 0},
        "decision": {"sure": "fairly", "allowed": True},
    }

    assert troubles_of(quiz, passed=False) == {Trouble.LUCKY, Trouble.CERTAIN, Trouble.WRONG}
    assert troubles_of(memo, passed=True) == {Trouble.MISSED}
    assert troubles_of({}, passed=True) == frozenset()
