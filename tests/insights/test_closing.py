"""Two looks on different days never differ by what one to four private people did."""

from __future__ import annotations

from datetime import timedelta

from countersign.cohorts.models import Enrolment, Sharing
from countersign.cohorts.services import enrol
from countersign.common import clock
from countersign.events import outbox
from countersign.insights.services import cohort_view, refresh
from tests.cast import Cast, person
from tests.work import graded


def a_private_group(people: Cast, *, many: int, sharing: int) -> list[Enrolment]:
    """So many people who don't share, beside some who do; each has passed the exercise."""
    people.ada_place.delete()
    for number in range(sharing):
        learner = person(f"Shares{number}")
        graded(
            enrol(cohort=people.cohort, learner=learner, sharing=Sharing.PROGRESS), people.version
        )
    places = [enrol(cohort=people.cohort, learner=person(f"Private{n}")) for n in range(many)]
    for place in places:
        graded(place, people.version)
    refresh(people.cohort)
    return places


def _everyones_tries(people: Cast) -> float | None:
    return cohort_view(people.cohort).overview.first_try.value


def test_four_who_moved_change_nothing_that_is_shown(people: Cast) -> None:
    places = a_private_group(people, many=6, sharing=5)
    before = cohort_view(people.cohort)
    with clock.pretend(clock.now() + timedelta(days=2)):
        for place in places[:4]:
            graded(place, people.version, 10.0)
        refresh(people.cohort)
        after = cohort_view(people.cohort)
    assert after.counted_at == before.counted_at
    assert after.overview.participation == before.overview.participation


def test_five_who_moved_are_counted_anew(people: Cast) -> None:
    places = a_private_group(people, many=6, sharing=5)
    before = cohort_view(people.cohort).counted_at
    with clock.pretend(clock.now() + timedelta(days=2)):
        for place in places[:5]:
            graded(place, people.version, 10.0)
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
    first = cohort_view(people.cohort).counted_at
    for hours, is_due in ((1, False), (7, True)):
        with clock.pretend(clock.now() + timedelta(hours=hours)):
            for place in places:
                graded(place, people.version, 10.0)
            outbox.deliver()
            assert (cohort_view(people.cohort).counted_at != first) is is_due
