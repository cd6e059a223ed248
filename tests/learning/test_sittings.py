"""A skill check: its clock, its pauses, and that nothing which was saved is ever lost."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from countersign.common import clock
from countersign.courses.models import SkillCheck
from countersign.exercises.services import keep_version
from countersign.grading.services import dispatch, grade_run
from countersign.learning.models import Sitting
from countersign.learning.services import overdue, sittings
from countersign.learning.services.overdue import finish_overdue
from grader.answer import Answer
from grader.exercise import from_files
from tests.cast import Cast
from tests.quiz import quiz_files
from tests.work import hand_in, newest_run

NAMED = Answer(fields={"name": {"answer": "b"}})


@pytest.fixture
def check(people: Cast) -> SkillCheck:
    before, after = (keep_version(from_files(quiz_files())) for _ in range(2))
    return SkillCheck.objects.create(
        release=people.release, uuid=uuid4(), slug="first", title="First", summary="Eight.",
        minutes=20, before=before, after=after,
    )  # fmt: skip


def begun(people: Cast, check: SkillCheck, **options: object) -> Sitting:
    return sittings.start(check, enrolment=people.ada_place, after=False, **options)  # type: ignore[arg-type]


def again(sitting: Sitting) -> Sitting:
    found: Sitting = Sitting.objects.unscoped().get(pk=sitting.pk)
    return found


def later(monkeypatch: pytest.MonkeyPatch, sitting: Sitting, **span: float) -> None:
    """From now on it is so long after the start."""
    moment = sitting.started_at + timedelta(**span)
    monkeypatch.setattr(clock, "now", lambda: moment)


def graded_finish(sitting: Sitting) -> Sitting:
    done = sittings.finish(sitting)
    assert done.submission is not None
    grade_run(newest_run(done.submission).pk)
    return again(done)


def test_starting_twice_is_one_sitting(people: Cast, check: SkillCheck) -> None:
    assert begun(people, check).pk == begun(people, check).pk


def test_more_time_is_given_without_a_reason(people: Cast, check: SkillCheck) -> None:
    sitting = begun(people, check, extension=Decimal("1.5"))

    assert sitting.ends_at - sitting.started_at == timedelta(minutes=30)


def test_what_was_saved_in_time_counts_when_the_time_is_up(
    people: Cast, check: SkillCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = begun(people, check)
    sittings.save(sitting, answer=NAMED, revision=0)
    later(monkeypatch, sitting, minutes=21)

    with pytest.raises(sittings.TimeIsUp):
        sittings.save(sitting, answer=Answer(fields={"name": {"answer": "a"}}), revision=1)
    done = graded_finish(sitting)

    found = sittings.outcome(done)
    assert found is not None
    assert (found.right, found.total) == (1, 4)


def test_a_save_on_its_way_at_the_end_is_still_taken(
    people: Cast, check: SkillCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = begun(people, check)
    later(monkeypatch, sitting, minutes=20, seconds=5)

    assert sittings.save(sitting, answer=NAMED, revision=0).revision == 1


def test_a_pause_stops_the_clock(
    people: Cast, check: SkillCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = begun(people, check)
    later(monkeypatch, sitting, minutes=5)
    assert sittings.pause(sitting)
    later(monkeypatch, sitting, minutes=12)
    paused = again(sitting)

    assert sittings.remaining(paused, clock.now()) == timedelta(minutes=15)
    with pytest.raises(sittings.TimeIsUp):
        sittings.save(paused, answer=NAMED, revision=0)
    assert sittings.go_on(paused)
    assert sittings.remaining(again(sitting), clock.now()) == timedelta(minutes=15)


def test_pauses_may_not_last_for_ever(
    people: Cast, check: SkillCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = begun(people, check)
    sittings.pause(sitting)
    later(monkeypatch, sitting, minutes=25)
    paused = again(sitting)

    assert sittings.remaining(paused, clock.now()) == timedelta(minutes=10)
    sittings.go_on(paused)
    assert not sittings.pause(again(sitting)), "no pause is left"


def test_handing_in_twice_is_once(people: Cast, check: SkillCheck) -> None:
    sitting = begun(people, check)
    sittings.save(sitting, answer=NAMED, revision=0)

    assert sittings.finish(sitting).submission_id == sittings.finish(sitting).submission_id


def test_an_empty_form_is_nothing_right_and_no_accident(people: Cast, check: SkillCheck) -> None:
    found = sittings.outcome(graded_finish(begun(people, check)))

    assert found is not None
    assert (found.right, found.total) == (0, 4)


def test_the_second_form_waits_for_the_first(people: Cast, check: SkillCheck) -> None:
    begun(people, check)

    with pytest.raises(sittings.NotYet):
        sittings.start(check, enrolment=people.ada_place, after=True)


def test_a_change_comes_with_its_interval(people: Cast, check: SkillCheck) -> None:
    first = begun(people, check)
    graded_finish(first)
    second = sittings.start(check, enrolment=people.ada_place, after=True)
    sittings.save(second, answer=NAMED, revision=0)
    outcomes = [sittings.outcome(again(first)), sittings.outcome(graded_finish(second))]

    change = sittings.change(*outcomes)

    assert change is not None
    assert change.low < change.points < change.high
    assert not change.certain, "one item of four says little"
    assert sittings.change(outcomes[0], None) is None


@pytest.mark.parametrize(
    ("span", "taken"),
    [
        ({"minutes": 20}, 0),
        ({"minutes": 20, "seconds": 19}, 0),
        ({"minutes": 20, "seconds": 21}, 1),
    ],
)
def test_an_overdue_sitting_is_handed_in_without_its_learner(
    people: Cast,
    check: SkillCheck,
    monkeypatch: pytest.MonkeyPatch,
    span: dict[str, float],
    taken: int,
) -> None:
    sitting = begun(people, check)
    sittings.save(sitting, answer=NAMED, revision=0)
    later(monkeypatch, sitting, **span)

    assert finish_overdue(clock.now()) == taken
    assert finish_overdue(clock.now()) == 0, "once"

    done = again(sitting)
    assert (done.submission is not None) == bool(taken)
    if done.submission is not None:
        assert done.submission.as_answer == NAMED


def test_a_paused_sitting_is_overdue_when_its_pause_is_used_up(
    people: Cast, check: SkillCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = begun(people, check)
    sittings.pause(sitting)
    later(monkeypatch, sitting, minutes=30)
    assert finish_overdue(clock.now()) == 0
    later(monkeypatch, sitting, minutes=36)
    assert finish_overdue(clock.now()) == 1


def test_one_sitting_that_must_wait_keeps_no_other_waiting(
    people: Cast, check: SkillCheck, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    first = begun(people, check)
    second = sittings.start(check, enrolment=people.zoe_place, after=False)
    for _ in range(settings.SUBMISSION_LIMITS["unfinished"]):
        hand_in(people.ada_place, people.version)
    later(monkeypatch, first, minutes=25)

    assert finish_overdue(clock.now()) == 1
    assert again(first).finished_at is None
    assert again(second).finished_at is not None


def test_the_dispatcher_sees_to_it(
    people: Cast, check: SkillCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = begun(people, check)
    monkeypatch.setattr(overdue, "_looked_at", None)
    later(monkeypatch, sitting, minutes=25)
    dispatch()
    assert again(sitting).finished_at is not None
