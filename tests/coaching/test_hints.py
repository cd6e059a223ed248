"""One rung up only after a new try."""

from __future__ import annotations

from countersign.coaching.services import ladder, open_hint
from countersign.submissions.services import open_attempt
from tests.cast import Cast
from tests.work import graded


def test_the_first_hint_is_open_to_everyone(people: Cast) -> None:
    attempt = open_attempt(enrolment=people.ada_place, version=people.version)
    assert open_hint(attempt).opened == ("Read the second rule once more.",)


def test_the_next_hint_needs_a_new_try(people: Cast) -> None:
    attempt = open_attempt(enrolment=people.ada_place, version=people.version)
    open_hint(attempt)
    assert ladder(attempt).needs_a_try
    assert len(open_hint(attempt).opened) == 1
    graded(people.ada_place, people.version, 50.0)
    assert len(open_hint(attempt).opened) == 2


def test_after_the_last_rung_there_is_none(people: Cast) -> None:
    attempt = open_attempt(enrolment=people.ada_place, version=people.version)
    for _ in range(3):
        open_hint(attempt)
        graded(people.ada_place, people.version, 50.0)
    found = ladder(attempt)
    assert len(found.opened) == found.total == 3
    assert found.can_open is None
