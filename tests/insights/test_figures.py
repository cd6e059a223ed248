"""One learner's figures, as results come in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command

from countersign.cohorts.services import end_enrolment, enrol
from countersign.events import outbox
from countersign.insights.figures import Why, expected_by, person_figures, signs
from countersign.insights.models import Snapshot
from countersign.insights.services import differences, refresh_learner, roster
from countersign.learning.evidence import GradedWork
from tests.cast import Cast, person
from tests.work import graded, hand_in

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def work(score: float, *, exercise: UUID | None = None, days_ago: int = 0) -> GradedWork:
    return GradedWork(
        submission=uuid4(),
        exercise=exercise or uuid4(),
        skills=("read.trace",),
        aided=True,
        score=score,
        passed=score == 100,
        hints=0,
        engine="code@test",
        at=NOW - timedelta(days=days_ago),
    )


def figures_of(*done: GradedWork):  # type: ignore[no-untyped-def]
    return person_figures(
        uuid4(), done, handed_in=[piece.at for piece in done], tries=len(done), competencies={}
    )


def test_an_exercise_counts_as_passed_in_the_week_of_its_first_pass() -> None:
    exercise = uuid4()
    found = figures_of(
        work(50, exercise=exercise, days_ago=14),
        work(100, exercise=exercise, days_ago=7),
        work(100, exercise=exercise, days_ago=0),
    )
    assert found.passes == {"2026-11-16": 1}
    assert found.weeks == {"2026-11-09": 1, "2026-11-16": 1, "2026-11-23": 1}


def test_low_results_in_a_row_are_counted_from_the_newest() -> None:
    assert figures_of(work(90, days_ago=4), work(10, days_ago=2), work(20)).low_in_a_row == 2
    assert figures_of(work(10, days_ago=4), work(100)).low_in_a_row == 0


def test_figures_survive_being_stored() -> None:
    found = figures_of(work(100), work(30, days_ago=9))
    assert type(found).from_json(found.as_json()) == found


def test_a_steady_pace_is_linear_from_the_first_to_the_last_day() -> None:
    first, last = date(2026, 11, 1), date(2026, 11, 21)
    assert expected_by(date(2026, 11, 11), starts_on=first, ends_on=last, exercises=10) == 5
    assert expected_by(date(2026, 10, 1), starts_on=first, ends_on=last, exercises=10) == 0
    assert expected_by(date(2027, 1, 1), starts_on=first, ends_on=last, exercises=10) == 10
    assert expected_by(date(2026, 11, 11), starts_on=None, ends_on=last, exercises=10) is None


def test_the_signs_of_needing_a_hand() -> None:
    behind = figures_of(work(10), work(10), work(10))
    found = signs(behind, joined_at=NOW, expected=6, now=NOW)
    assert [sign.why for sign in found] == [Why.BEHIND, Why.LOW]
    assert signs(behind, joined_at=NOW, expected=5, now=NOW)[0].why is Why.LOW
    quiet = figures_of(work(100, days_ago=8))
    assert [sign.why for sign in signs(quiet, joined_at=NOW, expected=0, now=NOW)] == [Why.QUIET]


def test_a_result_brings_one_learners_row_up_to_date(people: Cast) -> None:
    enrol(cohort=people.cohort, learner=person("Tomasz"))
    graded(people.ada_place, people.version)
    outbox.deliver()
    (row,) = Snapshot.objects.visible_to(people.ben)
    assert (row.enrolment, row.as_figures.passed) == (people.ada_place, 1)
    assert not differences(people.ada_place)


def test_somebody_who_joined_today_is_on_the_roster_at_once(people: Cast) -> None:
    graded(people.ada_place, people.version)
    outbox.deliver()
    enrol(cohort=people.cohort, learner=person("Tomasz"))
    assert [line.enrolment.learner.name for line in roster(people.cohort)] == ["Ada", "Tomasz"]


def test_somebody_who_left_is_off_the_roster_at_once(people: Cast) -> None:
    refresh_learner(people.ada_place)
    end_enrolment(enrolment=people.ada_place, actor=people.ben)
    assert roster(people.cohort) == []


def test_a_result_that_nobody_was_told_of_yet_counts_already(people: Cast) -> None:
    graded(people.ada_place, people.version)
    (line,) = roster(people.cohort)
    assert line.figures.passed == 1


def test_a_waiting_submission_is_activity_and_no_try(people: Cast) -> None:
    hand_in(people.ada_place, people.version)
    found = refresh_learner(people.ada_place).as_figures
    assert found.active_at is not None
    assert found.submissions == 0


def test_figures_that_differ_from_the_results_are_found_and_mended(people: Cast) -> None:
    graded(people.ada_place, people.version)
    with pytest.raises(CommandError, match="1 of 2"):
        call_command("recompute_insights", check=True)
    call_command("recompute_insights")
    call_command("recompute_insights", check=True)
