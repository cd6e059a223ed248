"""What an employer sees of a cohort, put together under the rules of ``groups``. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from countersign.insights.figures import PersonFigures, Sign, Why, signs
from countersign.insights.groups import (
    Average,
    Person,
    Share,
    Whose,
    average,
    group_of,
    share,
)
from countersign.insights.growth import Growth, growth
from countersign.insights.judging import monday
from countersign.insights.oversight import Oversight, oversight
from countersign.insights.targets import TEMPLATES, Role, Targets
from countersign.learning.evidence import Band, band_of

WEEKS_SHOWN = 8


@dataclass(frozen=True)
class CompetencyFigure:
    """A competency over the whole cohort, with help allowed and without."""

    title: str
    aided: Average
    unaided: Average

    @property
    def band(self) -> Band:
        """The word for the score without help, or with it where there is no other."""
        value = self.unaided.value if self.unaided.value is not None else self.aided.value
        return Band.TOO_FEW if value is None else band_of(value)


@dataclass(frozen=True)
class Week:
    """A week: how many handed work in, and how many exercises were passed."""

    starts_on: date
    active: int
    passed: int


@dataclass(frozen=True)
class Participation:
    """The last weeks, oldest first; none where they would stand for too few."""

    weeks: tuple[Week, ...]
    people: int
    whose: Whose

    @property
    def finished(self) -> tuple[Week, ...]:
        """Without the week that is still going on."""
        return self.weeks[:-1]


@dataclass(frozen=True)
class Memos:
    """Decision memos sent, and how many passed; zeros where they stand for too few."""

    sent: int
    passed: int
    people: int
    whose: Whose


@dataclass(frozen=True)
class Practice:
    """How much of the graded work the practice model wrote for; zeros for too few people."""

    count: int
    graded: int
    people: int
    whose: Whose

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.graded) if self.graded else 0


@dataclass(frozen=True)
class Hand:
    """Somebody who shares their progress and may need a hand, and why."""

    person: Person
    signs: tuple[Sign, ...]

    @property
    def is_quiet(self) -> bool:
        return any(sign.why in (Why.QUIET, Why.NOT_STARTED) for sign in self.signs)


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What an employer sees of a cohort. ``expected`` is a steady pace, if the cohort has dates."""

    people: int
    sharing: int
    exercises: int
    expected: int | None
    active: Share
    on_pace: Share | None
    passed: Average
    first_try: Average
    with_help: Average
    without_help: Average
    competencies: tuple[CompetencyFigure, ...]
    growth: tuple[Growth, ...]
    oversight: Oversight
    memos: Memos
    practice: Practice
    participation: Participation
    named: tuple[Person, ...]
    hands: tuple[Hand, ...]

    @property
    def private(self) -> int:
        return self.people - self.sharing


def overview(
    people: Sequence[Person],
    *,
    exercises: int,
    expected: int | None,
    competencies: Sequence[str],
    now: datetime,
    targets: Targets = TEMPLATES[Role.EVERYDAY],
) -> Overview:
    """The cohort's figures as an employer may see them at this moment."""
    named = sorted(
        (person for person in people if person.shares_progress),
        key=lambda person: person.name.casefold(),
    )
    return Overview(
        people=len(people),
        sharing=len(named),
        exercises=exercises,
        expected=expected,
        active=share(people, lambda person: person.figures.is_active(person.moment or now)),
        on_pace=_on_pace(people, expected),
        passed=average(people, lambda figures: float(figures.passed), digits=1),
        first_try=average(people, lambda figures: figures.first_try_share),
        with_help=average(people, _with_help),
        without_help=average(people, _without_help),
        competencies=tuple(_competency(people, title) for title in competencies),
        growth=tuple(
            growth(people, title, aided=aided, target=targets.of(title))
            for title in competencies
            for aided in (True, False)
        ),
        oversight=oversight(people, now=now),
        memos=_memos(people),
        practice=_practice(people),
        participation=_participation(people, now),
        named=tuple(named),
        hands=_hands(named, expected, now),
    )


def _on_pace(people: Sequence[Person], expected: int | None) -> Share | None:
    if expected is None:
        return None

    def keeps_up(person: Person) -> bool:
        by_then = expected if person.expected is None else person.expected
        return person.figures.passed >= by_then - 1

    return share(people, keeps_up)


def _memos(people: Sequence[Person]) -> Memos:
    """Of those who sent any."""
    sent = [person for person in people if person.figures.memos]
    group, whose = group_of(sent, among=people)
    pairs = [pair for person in group for pair in person.figures.memos.values()]
    return Memos(
        sum(sent for sent, _ in pairs), sum(passed for _, passed in pairs), len(group), whose
    )


def _practice(people: Sequence[Person]) -> Practice:
    """Of all graded work that counts towards scores."""
    group, whose = group_of([p for p in people if p.figures.graded], among=people)
    return Practice(
        sum(person.figures.practice for person in group),
        sum(person.figures.graded for person in group),
        len(group),
        whose,
    )


def _competency(people: Sequence[Person], title: str) -> CompetencyFigure:
    return CompetencyFigure(
        title,
        aided=average(people, lambda figures: figures.skills.get(title), part_of=_with_help),
        unaided=average(people, lambda figures: figures.unaided.get(title), part_of=_without_help),
    )


def _with_help(figures: PersonFigures) -> float | None:
    return figures.with_help


def _without_help(figures: PersonFigures) -> float | None:
    return figures.without_help


def _participation(people: Sequence[Person], now: datetime) -> Participation:
    group, whose = group_of(people, among=people)
    this_week = monday(now.date())
    mondays = [this_week - timedelta(weeks=back) for back in reversed(range(WEEKS_SHOWN))]
    begun = [key for person in group for key in person.figures.weeks]
    first = min(begun, default=this_week.isoformat())
    weeks = [_week(group, day) for day in mondays if day.isoformat() >= first]
    return Participation(tuple(weeks) if begun else (), len(group), whose)


def _week(group: Sequence[Person], day: date) -> Week:
    key = day.isoformat()
    return Week(
        starts_on=day,
        active=sum(key in person.figures.weeks for person in group),
        passed=sum(person.figures.passes.get(key, 0) for person in group),
    )


def _hands(named: Sequence[Person], expected: int | None, now: datetime) -> tuple[Hand, ...]:
    found = [
        Hand(
            person,
            signs(person.figures, joined_at=person.joined_at, expected=expected, now=now),
        )
        for person in named
    ]
    return tuple(hand for hand in found if hand.signs)
