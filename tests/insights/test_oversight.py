"""What is shown of a group's judging never tells what one to four private people did: not by taking
the named away, not by adding parts up, not by looking twice, and not by the switch."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from countersign.cohorts.models import Sharing
from countersign.cohorts.services import choose_sharing, end_enrolment
from countersign.common import clock
from countersign.insights.figures import PersonFigures
from countersign.insights.groups import FEWEST_PEOPLE, Person, Whose
from countersign.insights.judging import JudgedTry, judging_of
from countersign.insights.oversight import oversight
from countersign.insights.services import close, cohort_view, refresh_learner
from tests.cast import Cast
from tests.insights.judged import START, Work, keep, review, version_like
from tests.insights.test_closing import a_private_group

NOW = START + timedelta(weeks=7)


@st.composite
def judged(draw: st.DrawFn) -> Person:
    """Somebody with none to nine judged outputs in some weeks, sharing or not."""
    tries = [
        JudgedTry(
            at=START + timedelta(days=draw(st.integers(0, 60))),
            took=timedelta(minutes=draw(st.integers(-5, 500))),
            details=review(
                found=draw(st.integers(0, 2)),
                missed=draw(st.integers(0, 2)),
                alarms=draw(st.integers(0, 2)),
                call=draw(st.sampled_from(["", "use", "fix"])),
                kind=draw(st.sampled_from(["logic", "data"])),
            ),
        )
        for _ in range(draw(st.integers(0, 9)))
    ]
    return Person(
        name="",
        figures=PersonFigures(enrolment=str(draw(st.uuids())), judging=judging_of(tries).as_json()),
        joined_at=START,
        shares_progress=draw(st.booleans()),
    )


@settings(deadline=None, max_examples=40)
@given(st.lists(judged(), max_size=14))
def test_one_to_four_private_people_change_nothing(people: list[Person]) -> None:
    sharing = [person for person in people if person.shares_progress]
    private = [person for person in people if not person.shares_progress][: FEWEST_PEOPLE - 1]
    idle = [replace(person, figures=PersonFigures(enrolment="x")) for person in private]
    assert oversight([*sharing, *private], now=NOW) == oversight([*sharing, *idle], now=NOW)


@settings(deadline=None, max_examples=40)
@given(st.lists(judged(), min_size=10, max_size=16))
def test_where_everybody_counts_no_week_or_kind_holds_one_to_four_private_people(
    people: list[Person],
) -> None:
    found = oversight(people, now=NOW)
    private = [person.figures.judged for person in people if not person.shares_progress]
    if found.whose is not Whose.EVERYONE or not private:
        return
    for week in found.weeks:
        many = sum(week.starts_on.isoformat() in each.weeks for each in private)
        assert many == 0 or many >= FEWEST_PEOPLE
    for kind in found.kinds:
        many = sum(kind.name in each.kinds for each in private)
        assert many == 0 or many >= FEWEST_PEOPLE


def test_everybody_counts_where_private_people_judged_alike() -> None:
    """Six of each, all with the same outputs in the same weeks: nobody stands out."""
    tries = [
        JudgedTry(
            at=START + timedelta(days=day),
            took=timedelta(minutes=5),
            details=review(found=2, missed=1, alarms=1, call=call),
        )
        for day, call in ((0, "use"), (1, "fix"), (7, "fix"), (8, "use"))
    ]
    clean = [
        JudgedTry(
            at=each.at, took=each.took, details=review(found=0, missed=0, alarms=0, call="use")
        )
        for each in tries
    ]
    figures = PersonFigures(enrolment="x", judging=judging_of([*tries, *clean]).as_json())
    people = [
        Person(name="", figures=figures, joined_at=START, shares_progress=number < 6)
        for number in range(12)
    ]
    found = oversight(people, now=NOW)
    assert (found.whose, found.people) == (Whose.EVERYONE, 12)
    assert found.so_far.found.share == 67


def test_a_clock_that_went_back_counts_no_time() -> None:
    tries = [
        JudgedTry(
            at=START,
            took=timedelta(minutes=-9),
            details=review(found=1, missed=0, alarms=0, call="fix"),
        )
    ]
    assert judging_of(tries).all.seconds == 0


def test_without_the_practice_model_one_private_person_is_not_given_away(people: Cast) -> None:
    """Six private people, of whom one used it: the two figures would differ by that one."""
    places = a_private_group(people, many=6, sharing=5)
    version = version_like(people.version, kind="prompt")
    keep(Work(place=places[0], version=version, details={}, at=NOW, engine="practice@1"))
    refresh_learner(places[0])
    with clock.pretend(NOW + timedelta(days=9)):
        for place in places[1:]:
            keep(Work(place=place, version=version, details={}, at=NOW))
            refresh_learner(place)
        assert close(people.cohort)
        whole = cohort_view(people.cohort).overview
        without = cohort_view(people.cohort, practice=False).overview
    assert whole.passed.whose is Whose.EVERYONE
    assert without.passed.whose is Whose.SHARING


def test_somebody_who_left_takes_the_private_group_with_them(people: Cast) -> None:
    places = a_private_group(people, many=6, sharing=5)
    assert cohort_view(people.cohort).overview.passed.people == 11
    end_enrolment(enrolment=places[0], actor=people.ben)
    assert cohort_view(people.cohort).overview.passed.people == 5


def test_somebody_erased_takes_the_private_group_with_them(people: Cast) -> None:
    places = a_private_group(people, many=6, sharing=5)
    places[0].learner.delete()
    assert cohort_view(people.cohort).overview.passed.people == 5


def test_somebody_who_begins_to_share_is_counted_once(people: Cast) -> None:
    places = a_private_group(people, many=6, sharing=5)
    choose_sharing(enrolment=places[0], level=Sharing.PROGRESS, method="test")
    found = cohort_view(people.cohort).overview
    assert found.passed.people == 11
    assert len(found.named) == 6
