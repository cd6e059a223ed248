"""How items behave, as pure functions of hand-ins: difficulty, discrimination, time, help, what
goes wrong. Classical item analysis over first tries, since later ones know what was said.

Under FEWEST learners nothing is said; under ENOUGH a figure is shown with its interval.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from math import atanh, sqrt, tanh
from statistics import mean, median
from typing import Any
from uuid import UUID

from countersign.learning.trust import wilson

FEWEST = 10
ENOUGH = 30
"""First tries from which on a figure is shown, and from which on without its interval."""

FEWEST_OTHERS = 3
"""Items of the same course that a learner must have tried beside this one to be correlated."""

LONGEST = 180.0
"""Minutes. Who takes longer from opening to handing in did something else in between."""

MOST_TRIES = 4
BINS = 5
MOST_SHOWN = 8
"""Tries that are counted as “so many or more”; bars of a histogram; things that go wrong."""

TOO_EASY, TOO_HARD, SEPARATES, SLOW, APPEALED = 0.95, 0.2, 0.1, 2.0, 0.1
"""When an item is worth a look: shares solved at first try, the least discrimination, the middle
time beside the minutes that the author gave, appeals a learner."""


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """One hand-in that came to a verdict. ``score`` is 0 to 100, None for work that has none;
    ``minutes`` is from opening the exercise to handing in; ``wrong`` are words or keys of what
    went wrong; ``decisions`` maps what a prompt had to say to its cell of the two by two."""

    learner: UUID
    exercise: UUID
    course: Hashable
    at: datetime
    score: float | None
    passed: bool
    minutes: float
    hints: int = 0
    wrong: tuple[str, ...] = ()
    decisions: Mapping[str, str] = field(default_factory=dict)


class Look(StrEnum):
    """Why an item is worth a look."""

    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    DOES_NOT_SEPARATE = "does_not_separate"
    SLOW = "slow"
    APPEALED = "appealed"


@dataclass(frozen=True, kw_only=True)
class Share:
    """A count of a count, with its 95 % interval as shares of 0 to 1 (Wilson 1927)."""

    many: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.many / self.of if self.of else 0.0

    @property
    def percent(self) -> int:
        return round(100 * self.share)


@dataclass(frozen=True, kw_only=True)
class Correlation:
    """Pearson's r over ``people``, with its 95 % interval (Fisher 1915)."""

    r: float
    people: int
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class ItemFigures:
    """One item. Everything but the counts is None or empty under FEWEST learners.

    ``tries`` counts learners by tries until solved (the last is MOST_TRIES or more), ``never``
    those who haven't; ``first_scores`` and ``last_scores`` are histograms of BINS bars from 0 to
    100; ``wrong`` pairs what went wrong with how many first tries it did; ``decisions`` maps what
    a prompt had to say to counts by cell.
    """

    learners: int
    hand_ins: int
    solved: Share | None = None
    discrimination: Correlation | None = None
    minutes: float | None = None
    helped: Share | None = None
    tries: tuple[int, ...] = ()
    never: int = 0
    wrong: tuple[tuple[str, int], ...] = ()
    first_scores: tuple[int, ...] = ()
    last_scores: tuple[int, ...] = ()
    decisions: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    appeals: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> ItemFigures:
        known = dict(value)
        for name in ("solved", "helped"):
            known[name] = Share(**known[name]) if known[name] else None
        found = known["discrimination"]
        known["discrimination"] = Correlation(**found) if found else None
        known["wrong"] = tuple((words, many) for words, many in known["wrong"])
        for name in ("tries", "first_scores", "last_scores"):
            known[name] = tuple(known[name])
        return cls(**known)

    @property
    def is_unsure(self) -> bool:
        """Shown with intervals: enough to say something, too few to be sure of it."""
        return FEWEST <= self.learners < ENOUGH

    def looks(self, *, minutes: int) -> tuple[Look, ...]:
        """Why this item is worth a look, by fixed rules; ``minutes`` is what its author gave."""
        found = []
        if self.solved is not None and self.solved.share <= TOO_HARD:
            found.append(Look.TOO_HARD)
        if self.solved is not None and self.solved.share >= TOO_EASY:
            found.append(Look.TOO_EASY)
        if self.discrimination is not None and self.discrimination.r < SEPARATES:
            found.append(Look.DOES_NOT_SEPARATE)
        if self.minutes is not None and self.minutes > SLOW * minutes:
            found.append(Look.SLOW)
        if self.appeals > 1 and self.appeals >= APPEALED * self.learners:
            found.append(Look.APPEALED)
        return tuple(found)


def item_figures(
    hand_ins: Iterable[HandIn], *, rests: Mapping[tuple[UUID, UUID], float], appeals: int = 0
) -> ItemFigures:
    """The figures of one item. ``rests`` are those of ``rest_scores`` over all items."""
    people = _by_learner(hand_ins)
    many = sum(map(len, people))
    if len(people) < FEWEST:
        return ItemFigures(learners=len(people), hand_ins=many, appeals=appeals)
    firsts = [tries[0] for tries in people]
    until = [next((n for n, one in enumerate(tries, 1) if one.passed), None) for tries in people]
    return ItemFigures(
        learners=len(people),
        hand_ins=many,
        solved=share(sum(one.passed for one in firsts), len(firsts)),
        discrimination=discrimination(firsts, rests),
        minutes=middle_minutes(firsts),
        helped=share(sum(any(one.hints for one in tries) for tries in people), len(people)),
        tries=_tries(until),
        never=until.count(None),
        wrong=_wrong(firsts),
        first_scores=histogram(one.score for one in firsts),
        last_scores=histogram(tries[-1].score for tries in people),
        decisions=_decisions(firsts),
        appeals=appeals,
    )


def _by_learner(hand_ins: Iterable[HandIn]) -> list[list[HandIn]]:
    """Each learner's hand-ins, the oldest first."""
    found: dict[UUID, list[HandIn]] = defaultdict(list)
    for one in sorted(hand_ins, key=lambda one: one.at):
        found[one.learner].append(one)
    return list(found.values())


def share(many: int, of: int) -> Share:
    """Difficulty and help: the share itself, with the interval of Wilson (1927).

    Difficulty as the share who solve an item is that of Crocker and Algina, Introduction to
    Classical and Modern Test Theory (1986), chapter 14. It is low for hard items.
    """
    low, high = wilson(many, of)
    return Share(many=many, of=of, low=low, high=high)


def rest_scores(hand_ins: Iterable[HandIn]) -> dict[tuple[UUID, UUID], float]:
    """For each learner and item, how well they did at first on the rest of its course.

    The item itself is left out, or it would correlate with itself (Henrysson 1963, “Correction
    of item-total correlations in item analysis”). Learners haven't all tried the same items, so
    each score counts as its difference from that item's mean: somebody who tried only easy items
    doesn't look strong. Where everybody tried everything this is the mean of the others but for a
    constant, and gives the same correlation. Only with FEWEST_OTHERS other items.
    """
    firsts = _firsts(hand_ins)
    means = _means(firsts)
    by_course: dict[tuple[UUID, Hashable], list[HandIn]] = defaultdict(list)
    for one in firsts:
        by_course[one.learner, one.course].append(one)
    found = {}
    for together in by_course.values():
        above = {one.exercise: (one.score or 0.0) - means[one.exercise] for one in together}
        total, others = sum(above.values()), len(above) - 1
        if others >= FEWEST_OTHERS:
            for one in together:
                rest = (total - above[one.exercise]) / others
                found[one.learner, one.exercise] = rest
    return found


def _firsts(hand_ins: Iterable[HandIn]) -> list[HandIn]:
    """The first hand-in of each learner on each item. Work without a score counts as 0."""
    found: dict[tuple[UUID, UUID], HandIn] = {}
    for one in sorted(hand_ins, key=lambda one: one.at):
        found.setdefault((one.learner, one.exercise), one)
    return list(found.values())


def _means(firsts: Iterable[HandIn]) -> dict[UUID, float]:
    scores: dict[UUID, list[float]] = defaultdict(list)
    for one in firsts:
        scores[one.exercise].append(one.score or 0.0)
    return {exercise: mean(found) for exercise, found in scores.items()}


def discrimination(
    firsts: Sequence[HandIn], rests: Mapping[tuple[UUID, UUID], float]
) -> Correlation | None:
    """The corrected item-total correlation: first score on the item with the rest of the course.

    None with fewer than FEWEST people who tried enough other items, or when one of the two is the
    same for all.
    """
    pairs = [
        (one.score or 0.0, rests[one.learner, one.exercise])
        for one in firsts
        if (one.learner, one.exercise) in rests
    ]
    if len(pairs) < FEWEST:
        return None
    r = pearson(pairs)
    if r is None:
        return None
    low, high = fisher(r, len(pairs))
    return Correlation(r=r, people=len(pairs), low=low, high=high)


def pearson(pairs: Sequence[tuple[float, float]]) -> float | None:
    """The product-moment correlation (Pearson 1895); None when one of the two doesn't vary."""
    x_mean, y_mean = mean(x for x, _ in pairs), mean(y for _, y in pairs)
    across = sum((x - x_mean) * (y - y_mean) for x, y in pairs)
    x_spread = sum((x - x_mean) ** 2 for x, _ in pairs)
    y_spread = sum((y - y_mean) ** 2 for _, y in pairs)
    if x_spread < 1e-9 or y_spread < 1e-9:
        return None
    return max(-1.0, min(1.0, across / sqrt(x_spread * y_spread)))


def fisher(r: float, people: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a correlation by the z transformation (Fisher 1915)."""
    if abs(r) > 1 - 1e-12:
        return r, r
    half = z / sqrt(people - 3)
    return tanh(atanh(r) - half), tanh(atanh(r) + half)


def middle_minutes(firsts: Sequence[HandIn]) -> float | None:
    """The median from opening to the first hand-in. Breaks are left out: nobody is timed, so what
    took over LONGEST was not one go."""
    took = [one.minutes for one in firsts if one.minutes <= LONGEST]
    return round(median(took), 1) if len(took) >= FEWEST else None


def histogram(scores: Iterable[float | None]) -> tuple[int, ...]:
    """How many scores fall into each of BINS equal bars from 0 to 100; 100 is in the last. Work
    without a score counts as 0."""
    counts = Counter(min(BINS - 1, int((score or 0.0) * BINS / 100)) for score in scores)
    return tuple(counts[at] for at in range(BINS))


def _tries(until: Sequence[int | None]) -> tuple[int, ...]:
    counts = Counter(min(n, MOST_TRIES) for n in until if n)
    return tuple(counts[n] for n in range(1, MOST_TRIES + 1))


def _wrong(firsts: Sequence[HandIn]) -> tuple[tuple[str, int], ...]:
    """What goes wrong most at first, each thing once a learner."""
    counts = Counter(words for one in firsts for words in dict.fromkeys(one.wrong))
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_SHOWN])


def _decisions(firsts: Sequence[HandIn]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in firsts:
        for about, cell in one.decisions.items():
            found[about][cell] += 1
    return {about: dict(counts) for about, counts in found.items()}
