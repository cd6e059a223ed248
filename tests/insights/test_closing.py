"""Two looks on different days never differ by what one to four private people did."""

from __future__ import annotations

from datetime import datetime, timedelta

from countersign.cohorts.models import Enrolment, Sharing
from countersign.cohorts.services import enrol
from countersign.common import clock
from countersign.exercises.models import ExerciseVersion
from countersign.insights.services import close_if_due, cohort_view, refresh, refresh_learner
from tests.cast import Cast, person
from tests.insights.judged import Work, keep, version_like


def a_private_group(people: Cast, *, many: int, sharing: int) -> list[Enrolment]:
    """So many people who don't share, beside some who do; each has passed the exercise."""
    people.ada_place.delete()
    for number in range(sharing):
        learner = person(f"Shares{number}")
        enrol(cohort=people.cohort, learner=learner, sharing=Sharing.PROGRESS)
    places = [enrol(cohort=people.cohort, learner=person(f"Private{n}")) for n in range(many)]
    everyone = people.cohort.enrolments.all()
    keep(*(_passed(place, people.version, at=clock.now()) for place in everyone))
    refresh(people.cohort)
    return places


def _passed(place: Enrolment, version: ExerciseVersion, *, at: datetime) -> Work:
    return Work(place=place, version=version, details={}, at=at, minutes=0, score=100.0)


def _more(people: Cast, places: list[Enrolment]) -> None:
    """Each of them passes another exercise now."""
    version = version_like(people.version, kind="code")
    keep(*(_passed(place, version, at=clock.now()) for place in places))


def test_four_who_moved_change_nothing_that_is_shown(people: Cast) -> None:
    places = a_private_group(people, many=6, sharing=5)
    before = cohort_view(people.cohort)
    with clock.pretend(clock.now() + timedelta(days=2)):
        _more(people, places[:4])
        refresh(people.cohort)
        after = cohort_view(people.cohort)
    assert after.counted_at == before.counted_at
    assert after.overview.participation == before.overview.participation


def test_five_who_moved_are_counted_anew(people: Cast) -> None:
    places = a_private_group(people, many=6, sharing=5)
    before = cohort_view(people.cohort).counted_at
    with clock.pretend(clock.now() + timedelta(days=2)):
        _more(people, places[:5])
        refresh(people.cohort)
        assert cohort_view(people.cohort).counted_at != before


def test_a_private_persons_activity_does_not_run_out_by_itself(people: Cast) -> None:
    """Else the day on which the count falls would tell when one of them was last active."""
    a_private_group(people, many=6, sharing=5)
    with clock.pretend(clock.now() + timedelta(days=9)):
        assert cohort_view(people.cohort).overview.active.count == 6


def test_somebody_new_who_does_not_share_is_in_no_figure_yet(people: Cast) -> None:
    a_private_group(people, many=6, sharing=5)
    enrol(cohort=people.cohort, learner=person("New"))
    found = cohort_view(people.cohort).overview
    assert (found.people, found.passed.people) == (12, 11)


def test_a_cohort_is_counted_a_few_times_a_day_at_most(people: Cast) -> None:
    places = a_private_group(people, many=6, sharing=5)
    for hours, is_due in ((1, False), (7, True)):
        with clock.pretend(clock.now() + timedelta(hours=hours)):
            _more(people, places)
            for place in places:
                refresh_learner(place)
            assert close_if_due(people.cohort) is is_due
