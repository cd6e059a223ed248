"""What an employer may see of a group. Two rules, and everything shown follows them:

1. A person is named only while they share their progress.
2. No figure stands for fewer than five people, and none lets anyone work out, by taking the
   people who are named away from the whole, what fewer than five private people did. Where one
   to four private people have a figure, it is given for the people who share instead.

Counts follow the same rules as averages, and averages are rounded. Somebody who writes figures
down every day and compares them may still learn that the figure of a private group moved when a
sixth person joined it; rounding makes that vague, it doesn't rule it out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from countersign.insights.figures import PersonFigures, Sign, monday, signs
from countersign.learning.evidence import Band, band_of

FEWEST_PEOPLE = 5
WEEKS_SHOWN = 8

Figure = Callable[[PersonFigures], float | None]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone in the cohort: figures, and whether they may be named now.

    ``name`` is blank for somebody who may not.
    """

    name: str
    figures: PersonFigures
    joined_at: datetime
    shares_progress: bool
    shares_work: bool = False


class Whose(StrEnum):
    """Whom a figure stands for."""

    EVERYONE = "everyone"
    SHARING = "sharing"  # the others are too few to be hidden in the whole
    TOO_FEW = "too_few"  # nobody: there would be fewer than five


def group_of(
    having: Sequence[Person], *, among: Sequence[Person], of_all: Sequence[Person] | None = None
) -> tuple[Sequence[Person], Whose]:
    """The people for whom one figure may stand, of those who have it among the whole cohort.

    ``of_all`` is the group of a figure that this one is a part of (all competencies of one
    competency): the private people it leaves out must not be one to four either. Nobody can tell
    whether none or a few of the private people have the figure: it looks the same.
    """
    private = _private(having)
    left_out = _private(of_all) - private if of_all is not None else 0
    is_hidden = private >= FEWEST_PEOPLE and not 0 < left_out < FEWEST_PEOPLE
    group, whose = having, Whose.EVERYONE
    if _private(among) and not is_hidden:
        group, whose = [person for person in having if person.shares_progress], Whose.SHARING
    return (group, whose) if len(group) >= FEWEST_PEOPLE else ((), Whose.TOO_FEW)


def _private(people: Sequence[Person]) -> int:
    return sum(not person.shares_progress for person in people)


@dataclass(frozen=True)
class Average:
    """A mean of ``people`` values. ``value`` is None exactly when it stands for too few."""

    value: float | None
    people: int
    whose: Whose


@dataclass(frozen=True)
class Share:
    """``count`` of ``people``. ``count`` is None exactly when it stands for too few."""

    count: int | None
    people: int
    whose: Whose


def average(
    people: Sequence[Person], of: Figure, *, part_of: Figure | None = None, digits: int = 0
) -> Average:
    """The mean over those who have the figure and for whom it may stand, rounded.

    ``part_of`` is the larger figure that this one is shown beside and goes into.
    """
    of_all = _having(people, part_of) if part_of else None
    group, whose = group_of(_having(people, of), among=people, of_all=of_all)
    if whose is Whose.TOO_FEW:
        return Average(None, 0, whose)
    values = [of(person.figures) or 0.0 for person in group]
    return Average(round(sum(values) / len(values), digits), len(values), whose)


def _having(people: Sequence[Person], of: Figure) -> list[Person]:
    return [person for person in people if of(person.figures) is not None]


def share(people: Sequence[Person], of: Callable[[PersonFigures], bool]) -> Share:
    """How many of those for whom it may stand."""
    group, whose = group_of(people, among=people)
    if whose is Whose.TOO_FEW:
        return Share(None, 0, whose)
    return Share(sum(of(person.figures) for person in group), len(group), whose)


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
class Hand:
    """Somebody who shares their progress and may need a hand, and why."""

    person: Person
    signs: tuple[Sign, ...]


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
        active=share(people, lambda figures: figures.is_active(now)),
        on_pace=_on_pace(people, expected),
        passed=average(people, lambda figures: float(figures.passed), digits=1),
        first_try=average(people, lambda figures: figures.first_try_share),
        with_help=average(people, _with_help),
        without_help=average(people, _without_help),
        competencies=tuple(_competency(people, title) for title in competencies),
        participation=_participation(people, now),
        named=tuple(named),
        hands=_hands(named, expected, now),
    )


def _on_pace(people: Sequence[Person], expected: int | None) -> Share | None:
    if expected is None:
        return None
    return share(people, lambda figures: figures.passed >= expected - 1)


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
