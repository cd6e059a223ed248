"""Ringing for what waits: fairly, and not too often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch
from uuid import UUID

import pytest

from countersign.cohorts.services import enrol
from countersign.common import clock
from countersign.grading import services
from countersign.grading.models import Run
from countersign.grading.services import dispatcher
from countersign.grading.services.dispatcher import HINT_EVERY
from tests.cast import Cast, person
from tests.work import claimed, graded, hand_in, run_of


@pytest.fixture
def rung() -> list[UUID]:
    return []


@pytest.fixture(autouse=True)
def bell(rung: list[UUID]) -> Iterator[None]:
    def ring(run: Run) -> bool:
        rung.append(run.pk)
        return True

    with patch.object(dispatcher, "ring", ring):
        yield


def test_what_waits_is_rung_for(people: Cast, rung: list[UUID]) -> None:
    run = run_of(hand_in(people.ada_place, people.version))
    services.dispatch()
    assert rung == [run.pk]


def test_nobody_rings_twice_within_the_interval(people: Cast, rung: list[UUID]) -> None:
    run_of(hand_in(people.ada_place, people.version))
    services.dispatch()
    services.dispatch()
    assert len(rung) == 1
    with clock.pretend(clock.now() + HINT_EVERY):
        services.dispatch()
    assert len(rung) == 2


def test_an_abandoned_run_is_rung_for_again(people: Cast, rung: list[UUID]) -> None:
    run = run_of(hand_in(people.ada_place, people.version))
    claimed(run)
    services.dispatch()
    assert rung == []
    with clock.pretend(clock.now() + timedelta(minutes=1)):
        services.dispatch()
    assert rung == [run.pk]


def test_one_learners_pile_does_not_hold_up_another(
    people: Cast, rung: list[UUID], settings: object
) -> None:
    settings.SUBMISSION_LIMITS = {"unfinished": 50, "an_hour": 50, "a_day": 50}  # type: ignore[attr-defined]
    pile = [run_of(hand_in(people.ada_place, people.version, f"# {n}")).pk for n in range(10)]
    other = run_of(hand_in(people.zoe_place, people.version)).pk
    services.dispatch()
    assert rung.index(other) < 2
    assert rung[0] == pile[0]


def test_who_has_a_run_in_progress_waits_for_who_has_none(people: Cast, rung: list[UUID]) -> None:
    claimed(run_of(hand_in(people.ada_place, people.version)))
    second = run_of(hand_in(people.ada_place, people.version, "# two")).pk
    other = run_of(hand_in(people.zoe_place, people.version)).pk
    services.dispatch()
    assert rung == [other, second]


def test_a_regrade_of_many_leaves_room_for_learners(
    people: Cast, rung: list[UUID], settings: object
) -> None:
    settings.GRADING_SLOTS = 2  # type: ignore[attr-defined]
    places = [enrol(cohort=people.cohort, learner=person(f"L{n}")) for n in range(6)]
    results = [graded(place, people.version) for place in places]
    services.regrade(submissions=[result.submission for result in results], actor=people.ben)
    waiting = run_of(hand_in(people.ada_place, people.version)).pk
    services.dispatch()
    assert rung[0] == waiting
    assert len(rung) == 2


def test_a_hint_planned_by_a_clock_set_back_is_due(people: Cast, rung: list[UUID]) -> None:
    run = run_of(hand_in(people.ada_place, people.version))
    Run.objects.unscoped().update(next_hint_at=clock.now() + timedelta(hours=1))
    services.dispatch()
    assert rung == [run.pk]


def test_the_dispatcher_shows_that_it_lives(people: Cast) -> None:
    assert not services.health().dispatcher_lives
    services.dispatch()
    assert services.health().dispatcher_lives


def test_a_queue_that_nobody_serves_is_stalled(people: Cast) -> None:
    hand_in(people.ada_place, people.version)
    assert not services.health().is_stalled
    with clock.pretend(clock.now() + timedelta(seconds=20)):
        assert services.health().is_stalled
