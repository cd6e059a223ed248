"""What the work list picks, by its rules."""

from __future__ import annotations

from datetime import timedelta

from countersign.cohorts.models import Enrolment
from countersign.cohorts.services import invite
from countersign.common import clock
from countersign.events import outbox
from countersign.insights.figures import Why
from countersign.insights.services import work_list
from tests.cast import Cast
from tests.work import graded


def test_four_tries_without_passing_is_stuck_and_a_pass_ends_it(people: Cast) -> None:
    for _ in range(4):
        graded(people.ada_place, people.version, 50.0)
    (line,) = work_list(people.ben).stuck
    assert (line.enrolment, line.tries) == (people.ada_place, 4)
    graded(people.ada_place, people.version, 100.0)
    assert work_list(people.ben).stuck == []


def test_somebody_without_work_for_a_week_is_listed(people: Cast) -> None:
    graded(people.ada_place, people.version)
    outbox.deliver()
    assert work_list(people.ben).silent == []
    with clock.pretend(clock.now() + timedelta(days=8)):
        (line,) = work_list(people.ben).silent
    assert (line.enrolment, line.signs[0].why) == (people.ada_place, Why.QUIET)


def test_somebody_who_never_began_is_listed_as_that(people: Cast) -> None:
    with clock.pretend(clock.now() + timedelta(days=8)):
        (line,) = work_list(people.ben).silent
    assert line.signs[0].why is Why.NOT_STARTED


def test_a_link_is_listed_when_it_runs_out_soon(people: Cast) -> None:
    invite(cohort=people.cohort, actor=people.ben, lifetime=timedelta(days=30))
    assert work_list(people.ben).running_out == []
    invite(cohort=people.cohort, actor=people.ben, lifetime=timedelta(days=4))
    assert len(work_list(people.ben).running_out) == 1


def test_nothing_of_another_organisation_is_listed(people: Cast) -> None:
    for _ in range(4):
        graded(people.zoe_place, people.version, 50.0)
    with clock.pretend(clock.now() + timedelta(days=8)):
        found = work_list(people.ben)
    places: list[Enrolment] = [line.enrolment for line in found.stuck]
    places += [line.enrolment for line in found.silent]
    assert people.zoe_place not in places
