"""How far a group has come in a competency, and what is left to the target. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import mean, stdev

from countersign.insights.figures import PersonFigures
from countersign.insights.groups import Person, Whose, group_of

T_95 = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23,
        2.20, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.10, 2.09, 2.09,
        2.08, 2.07, 2.07, 2.06, 2.06, 2.06, 2.05, 2.05, 2.05, 2.04)  # fmt: skip
"""Student's t for a 95 % interval, by degrees of freedom from 1; the normal 1.96 after these."""


class Standing(StrEnum):
    """Where a group is beside its target."""

    ABOVE = "above"
    AROUND = "around"  # the interval holds the target
    SHORT = "short"


@dataclass(frozen=True, kw_only=True)
class Growth:
    """One competency with help allowed or without: the average start, the average now with its
    95 % interval, the target, and how many are below it; None exactly when too few have both."""

    title: str
    aided: bool
    target: float
    people: int
    whose: Whose
    start: float | None = None
    now: float | None = None
    low: float | None = None
    high: float | None = None
    below: int | None = None

    @property
    def standing(self) -> Standing | None:
        if self.now is None or self.low is None or self.high is None:
            return None
        if self.low <= self.target <= self.high:
            return Standing.AROUND
        return Standing.ABOVE if self.now > self.target else Standing.SHORT

    @property
    def short_by(self) -> float:
        """Points from now to the target; 0 from it on."""
        return max(0.0, self.target - self.now) if self.now is not None else 0.0


def growth(people: Sequence[Person], title: str, *, aided: bool, target: float) -> Growth:
    """The group's growth, of those who have a start and a now."""
    found = _reader(title, aided=aided)
    group, whose = group_of([person for person in people if found(person.figures)], among=people)
    if whose is Whose.TOO_FEW:
        return Growth(title=title, aided=aided, target=target, people=0, whose=whose)
    pairs = [found(person.figures) for person in group]
    now = [pair[1] for pair in pairs]
    middle, spread = mean(now), half_width(now)
    return Growth(
        title=title,
        aided=aided,
        target=target,
        people=len(group),
        whose=whose,
        start=round(mean(pair[0] for pair in pairs)),
        now=round(middle),
        low=max(0, round(middle - spread)),
        high=min(100, round(middle + spread)),
        below=sum(score < target for score in now),
    )


def _reader(title: str, *, aided: bool) -> Callable[[PersonFigures], Sequence[float]]:
    def read(figures: PersonFigures) -> Sequence[float]:
        return (figures.grown if aided else figures.grown_unaided).get(title, ())

    return read


def half_width(values: Sequence[float]) -> float:
    """Half of the 95 % interval of a mean: t · s / √n. Needs two values."""
    degrees = len(values) - 1
    t = T_95[degrees - 1] if degrees <= len(T_95) else 1.96
    return t * stdev(values) / sqrt(len(values))
