"""Tables of people and competencies, ready for templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.insights.figures import PersonFigures
from countersign.insights.groups import Average, Person
from countersign.insights.overview import CompetencyFigure, Overview
from countersign.learning.evidence import Band
from countersign.web.templatetags.staff import sample

HEAT_STEPS = (40, 50, 60, 70, 80)


@dataclass(frozen=True)
class Pair:
    """A competency's row: score with help and without, its word, and whom it stands for."""

    title: str
    aided: Average
    alone: Average
    band: str
    sample: str


def with_and_without(view: Overview) -> tuple[list[Pair], list[str]]:
    """A row per competency that something can be said of, and the titles of the others."""
    said_of = [figure for figure in view.competencies if figure.band is not Band.TOO_FEW]
    others = [figure.title for figure in view.competencies if figure.band is Band.TOO_FEW]
    return [_pair(figure) for figure in said_of], others


def _pair(figure: CompetencyFigure) -> Pair:
    known = [each for each in (figure.aided, figure.unaided) if each.value is not None]
    words = " · ".join(dict.fromkeys(sample(each) for each in known))
    return Pair(figure.title, figure.aided, figure.unaided, figure.band.value, words)


@dataclass(frozen=True)
class HeatCell:
    """A score and how dark its cell is, 0 to 5; no score while there are fewer than three tasks."""

    title: str
    score: float | None
    step: int


@dataclass(frozen=True)
class HeatPair:
    """One competency of a person: with help allowed, and without."""

    aided: HeatCell
    alone: HeatCell


@dataclass(frozen=True)
class HeatRow:
    """Somebody who shares their progress; shares are in per cent, of their latest judged work."""

    person: Person
    pairs: tuple[HeatPair, ...]
    found: float | None
    false_alarms: float | None
    is_quiet: bool


def heat_rows(view: Overview) -> tuple[Sequence[str], list[HeatRow]]:
    """The competencies in which anybody named has a score, and a row per named person."""
    titles = [
        figure.title
        for figure in view.competencies
        if any(_has_score(person, figure.title) for person in view.named)
    ]
    quiet = {hand.person.figures.enrolment for hand in view.hands if hand.is_quiet}
    return titles, [_heat_row(person, titles, quiet) for person in view.named]


def _has_score(person: Person, title: str) -> bool:
    figures = person.figures
    return any(scores.get(title) is not None for scores in (figures.skills, figures.unaided))


def _heat_row(person: Person, titles: Sequence[str], quiet: set[str]) -> HeatRow:
    figures, now = person.figures, person.figures.judged.recent
    return HeatRow(
        person,
        tuple(
            HeatPair(
                _cell(title, figures.skills.get(title)), _cell(title, figures.unaided.get(title))
            )
            for title in titles
        ),
        100 * now.caught / now.planted if now.planted else None,
        100 * now.false_alarms / now.comments if now.comments else None,
        figures.enrolment in quiet,
    )


def _cell(title: str, score: float | None) -> HeatCell:
    return HeatCell(title, score, heat_step(score))


def heat_step(score: float | None) -> int:
    """How dark a cell is: 0 under 40, then one step for each ten, 5 from 80 on."""
    return sum((score or 0) >= edge for edge in HEAT_STEPS)


@dataclass(frozen=True)
class OwnPair:
    """A person's row for one competency."""

    title: str
    aided: float | None
    alone: float | None


def pairs_of(figures: PersonFigures) -> list[OwnPair]:
    """One person's competencies: those with any evidence, scored or not yet."""
    titles = dict.fromkeys([*figures.skills, *figures.unaided])
    return [
        OwnPair(title, figures.skills.get(title), figures.unaided.get(title)) for title in titles
    ]
