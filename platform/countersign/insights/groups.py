"""Whom a figure may stand for when an employer looks. Everything shown follows these rules:

1. A person is named only while they share their progress.
2. No figure stands for fewer than five people, and none lets anyone work out, by taking the
   people who are named away from the whole, what fewer than five private people did. Where one
   to four private people have a figure, it is given for the people who share instead.
3. Figures that add up (weeks, kinds of defect, the start and now) all stand for one group, so that
   no sum over parts differs from another by one to four private people.
4. Private people's figures are those of the last closing. Between two closings at least five of
   them moved, so that two looks on different days never differ by what fewer did
   (``services.closing``). Somebody who isn't counted yet is in no figure.

Counts follow the same rules as averages, and averages are rounded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from countersign.insights.figures import PersonFigures

FEWEST_PEOPLE = 5

Figure = Callable[[PersonFigures], float | None]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone in the cohort: figures, and whether they may be named now.

    ``name`` is blank for somebody who may not. ``moment`` is when the figures were counted, None
    for now, and ``expected`` a steady pace by then; who isn't ``counted`` is in no figure.
    """

    name: str
    figures: PersonFigures
    joined_at: datetime
    shares_progress: bool
    shares_work: bool = False
    moment: datetime | None = None
    expected: int | None = None
    counted: bool = True


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
    having = [person for person in having if person.counted]
    private = _private(having)
    left_out = _private(of_all) - private if of_all is not None else 0
    is_hidden = private >= FEWEST_PEOPLE and not 0 < left_out < FEWEST_PEOPLE
    group, whose = having, Whose.EVERYONE
    if any(not person.shares_progress for person in among) and not is_hidden:
        group, whose = [person for person in having if person.shares_progress], Whose.SHARING
    return (group, whose) if len(group) >= FEWEST_PEOPLE else ((), Whose.TOO_FEW)


def group_of_parts(
    among: Sequence[Person], *, parts: Callable[[Person], Iterable[Hashable]]
) -> tuple[Sequence[Person], Whose]:
    """One group for figures that are parts of each other: rule 3.

    ``parts`` answers what somebody has a part in, also in what is not shown but can be worked
    out. Everybody's work counts if nothing holds the parts of one to four private people.
    """
    if not any(not person.shares_progress for person in among):
        return group_of(among, among=among)
    private = [person for person in among if person.counted and not person.shares_progress]
    many = Counter(part for person in private for part in parts(person))
    if many and min(many.values()) >= FEWEST_PEOPLE:
        return group_of(among, among=among)
    sharing = [person for person in among if person.shares_progress]
    if len(sharing) < FEWEST_PEOPLE:
        return (), Whose.TOO_FEW
    return sharing, Whose.SHARING


def _private(people: Sequence[Person]) -> int:
    return sum(person.counted and not person.shares_progress for person in people)


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
    of_all = having(people, part_of) if part_of else None
    group, whose = group_of(having(people, of), among=people, of_all=of_all)
    if whose is Whose.TOO_FEW:
        return Average(None, 0, whose)
    values = [of(person.figures) or 0.0 for person in group]
    return Average(round(sum(values) / len(values), digits), len(values), whose)


def having(people: Sequence[Person], of: Figure) -> list[Person]:
    """Those who have the figure."""
    return [person for person in people if of(person.figures) is not None]


def share(people: Sequence[Person], of: Callable[[Person], bool]) -> Share:
    """How many of those for whom it may stand."""
    group, whose = group_of(people, among=people)
    if whose is Whose.TOO_FEW:
        return Share(None, 0, whose)
    return Share(sum(of(person) for person in group), len(group), whose)
