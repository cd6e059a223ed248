"""What an employer is shown of a group never tells what one to four private people did.

The attack: an employer sees every figure, how many people it stands for, and the rows of those
who share. They take the rows away from the whole. What is left must be nobody, or five at least.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersign.insights.figures import PersonFigures
from countersign.insights.groups import FEWEST_PEOPLE, Average, Person, Share, Whose, average
from countersign.insights.overview import Overview, Participation, overview

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TITLES = ("Interpret outputs", "Identify errors")

scores = st.none() | st.integers(0, 100).map(float)


@st.composite
def persons(draw: st.DrawFn) -> Person:
    """Anybody: with or without work, sharing or not, with scores here and not there."""
    tried = draw(st.integers(0, 6))
    active = draw(st.none() | st.integers(0, 40))
    aided = {title: draw(scores) for title in TITLES}
    return Person(
        name="",
        figures=PersonFigures(
            enrolment=str(draw(st.uuids())),
            tried=tried,
            passed=draw(st.integers(0, tried)),
            passed_first=0,
            with_help=draw(st.integers(0, 100).map(float)) if any(aided.values()) else None,
            without_help=draw(scores),
            skills=aided,
            unaided={title: draw(scores) for title in TITLES},
            last_active=None if active is None else (NOW - timedelta(days=active)).isoformat(),
            weeks={} if active is None else {"2026-11-16": 1},
        ),
        joined_at=NOW - timedelta(days=30),
        shares_progress=draw(st.booleans()),
    )


def seen(people: list[Person]) -> Overview:
    return overview(people, exercises=10, expected=4, competencies=TITLES, now=NOW)


Has = Callable[[PersonFigures], bool]


def shown(view: Overview) -> list[tuple[Average | Share | Participation, Has]]:
    """Every figure on the page, and who has it."""
    found: list[tuple[Average | Share | Participation, Has]] = [
        (view.active, lambda _: True),
        (view.passed, lambda _: True),
        (view.participation, lambda _: True),
        (view.first_try, lambda figures: figures.first_try_share is not None),
        (view.with_help, lambda figures: figures.with_help is not None),
        (view.without_help, lambda figures: figures.without_help is not None),
    ]
    if view.on_pace is not None:
        found.append((view.on_pace, lambda _: True))
    for each in view.competencies:
        title = each.title
        found.append((each.aided, lambda f, t=title: f.skills.get(t) is not None))  # type: ignore[misc]
        found.append((each.unaided, lambda f, t=title: f.unaided.get(t) is not None))  # type: ignore[misc]
    return found


@given(st.lists(persons(), max_size=16))
def test_taking_the_named_away_leaves_nobody_or_at_least_five(people: list[Person]) -> None:
    view = seen(people)
    for figure, has in shown(view):
        if figure.whose is Whose.TOO_FEW:
            continue
        named = sum(has(person.figures) for person in view.named)
        left = figure.people - named
        assert left == 0 or left >= FEWEST_PEOPLE


@given(st.lists(persons(), max_size=16))
def test_no_figure_stands_for_fewer_than_five(people: list[Person]) -> None:
    for figure, _ in shown(seen(people)):
        assert (figure.people == 0) == (figure.whose is Whose.TOO_FEW)
        assert figure.people == 0 or figure.people >= FEWEST_PEOPLE


@given(st.lists(persons(), max_size=16))
def test_a_figure_that_stands_for_too_few_has_no_value(people: list[Person]) -> None:
    for figure, _ in shown(seen(people)):
        if figure.whose is Whose.TOO_FEW:
            assert getattr(figure, "value", None) is None
            assert getattr(figure, "count", None) is None
            assert not getattr(figure, "weeks", ())


@given(st.lists(persons(), max_size=16))
def test_a_part_taken_from_its_whole_leaves_nobody_or_at_least_five(people: list[Person]) -> None:
    """One competency's average beside the average of all of them."""
    view = seen(people)
    for each in view.competencies:
        for part, whole in ((each.aided, view.with_help), (each.unaided, view.without_help)):
            if part.whose is Whose.EVERYONE and whole.whose is Whose.EVERYONE:
                private_part = part.people - _named(view, each.title, aided=part is each.aided)
                private_whole = whole.people - _named(view, "", aided=part is each.aided)
                left = private_whole - private_part
                assert left <= 0 or left >= FEWEST_PEOPLE


def _named(view: Overview, title: str, *, aided: bool) -> int:
    def has(figures: PersonFigures) -> bool:
        if not title:
            return (figures.with_help if aided else figures.without_help) is not None
        return (figures.skills if aided else figures.unaided).get(title) is not None

    return sum(has(person.figures) for person in view.named)


@given(st.lists(persons(), max_size=16), st.integers(0, 100))
def test_what_one_to_four_private_people_did_changes_nothing_that_is_shown(
    people: list[Person], score: int
) -> None:
    """The strongest form: with so few of them, every figure is the same whatever they did."""
    sharing = [person for person in people if person.shares_progress]
    private = [person for person in people if not person.shares_progress][: FEWEST_PEOPLE - 1]
    busy = [_with_score(person, float(score)) for person in private]
    one, other = seen([*sharing, *private]), seen([*sharing, *busy])
    assert [figure for figure, _ in shown(one)] == [figure for figure, _ in shown(other)]


def _with_score(person: Person, score: float) -> Person:
    figures = PersonFigures(
        enrolment=person.figures.enrolment,
        tried=9,
        passed=9,
        passed_first=9,
        with_help=score,
        without_help=score,
        skills=dict.fromkeys(TITLES, score),
        unaided=dict.fromkeys(TITLES, score),
        last_active=NOW.isoformat(),
        weeks={"2026-11-16": 3},
        passes={"2026-11-16": 3},
    )
    return Person(name="", figures=figures, joined_at=person.joined_at, shares_progress=False)


@given(st.lists(persons(), max_size=16))
def test_only_people_who_share_are_named(people: list[Person]) -> None:
    view = seen(people)
    assert all(person.shares_progress for person in view.named)
    assert all(hand.person.shares_progress for hand in view.hands)


def _people(*, sharing: int, private: int) -> list[Person]:
    return [
        Person(
            name=str(n),
            figures=PersonFigures(enrolment=str(n), tried=1, passed=n % 2),
            joined_at=NOW,
            shares_progress=n < sharing,
        )
        for n in range(sharing + private)
    ]


@pytest.mark.parametrize(
    ("sharing", "private", "whose", "stands_for"),
    [
        (5, 0, Whose.EVERYONE, 5),
        (4, 0, Whose.TOO_FEW, 0),
        (0, 5, Whose.EVERYONE, 5),
        (6, 1, Whose.SHARING, 6),
        (6, 4, Whose.SHARING, 6),
        (6, 5, Whose.EVERYONE, 11),
        (4, 4, Whose.TOO_FEW, 0),
    ],
)
def test_whom_an_average_stands_for(
    sharing: int, private: int, whose: Whose, stands_for: int
) -> None:
    found = average(
        _people(sharing=sharing, private=private), lambda figures: float(figures.passed)
    )
    assert (found.whose, found.people) == (whose, stands_for)


def test_one_private_person_cannot_be_found_between_two_averages() -> None:
    """Six private people have a score; five of them in this competency. Their difference is one."""
    title = TITLES[0]
    people = [
        Person(
            name="",
            figures=PersonFigures(
                enrolment=str(n), with_help=80.0, skills={title: 80.0 if n else None}
            ),
            joined_at=NOW,
            shares_progress=False,
        )
        for n in range(6)
    ]
    view = seen(people)
    assert view.with_help.people == 6
    assert view.competencies[0].aided.whose is Whose.TOO_FEW
