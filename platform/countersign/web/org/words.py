"""What the overview says of its figures: sentences by fixed rules, never by a model.

Nothing here decides what may be shown: ``insights.groups`` has done so, and a figure that stands
for too few has no value to speak of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from countersign.insights.figures import PersonFigures
from countersign.insights.groups import (
    Average,
    CompetencyFigure,
    Overview,
    Person,
    Share,
    Whose,
)
from countersign.learning.evidence import Band
from countersign.web.templatetags.staff import sample

HEAT_STEPS = (40, 50, 60, 70, 80)
NO_GAP = 3
"""Scores closer than this are called alike."""


def said(view: Overview) -> list[SafeString]:
    """The paragraph at the top: a sentence for each figure that may be shown."""
    found = list(_sentences(view))
    if found:
        return found
    return [
        format_html("{}", _("Too few people have handed work in to say anything of the group."))
    ]


def _sentences(view: Overview) -> Iterator[SafeString]:
    if view.active.count is not None:
        yield _marked(
            _("{active} were active in the last 7 days."),
            active=_of_people(view.active),
        )
    if view.passed.value is not None:
        yield _marked(
            _("On average they have passed {passed} of the {exercises} exercises."),
            passed=f"{view.passed.value:g}",
            exercises=str(view.exercises),
        )
    if view.first_try.value is not None:
        yield _marked(
            _("Of the exercises they tried, {share} passed at the first try."),
            share=f"{view.first_try.value:.0f}%",
        )
    yield from _gap(view)


def _gap(view: Overview) -> Iterator[SafeString]:
    """What help makes of the score, if both can be said of the same people."""
    aided, alone = view.with_help, view.without_help
    if aided.value is None or alone.value is None:
        return
    gap = aided.value - alone.value
    if abs(gap) < NO_GAP:
        yield _marked(_("Without help they score {alone}, about as with it."), alone=_score(alone))
    elif gap > 0:
        yield _marked(
            _("Without help they score {alone}, {gap} less than with it."),
            alone=_score(alone),
            gap=f"{gap:.0f}",
        )
    else:
        yield _marked(
            _("Without help they score {alone}, {gap} more than with it."),
            alone=_score(alone),
            gap=f"{-gap:.0f}",
        )


def _marked(words: str, **figures: str) -> SafeString:
    """A sentence in which the first figure is marked."""
    first, *rest = figures.items()
    named = {first[0]: format_html("<b>{}</b>", first[1]), **dict(rest)}
    return format_html(words, **named)


def _of_people(share: Share) -> str:
    if share.whose is Whose.SHARING:
        return _("%(n)s of the %(all)s people who share") % {"n": share.count, "all": share.people}
    return _("%(n)s of %(all)s people") % {"n": share.count, "all": share.people}


def _score(average: Average) -> str:
    return "" if average.value is None else f"{average.value:.0f}"


def kpis(view: Overview) -> list[dict[str, Any]]:
    """The five figures, each with its sample, a comparison where there is one, and its rule."""
    return [
        _active(view),
        _pace(view) if view.on_pace is not None else _sharing(view),
        _passed(view),
        _first_try(view),
        _alone(view),
    ]


def _kpi(label: str, value: object, *, of: Any, how: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "value": value, "sample": sample(of), "how": how, **more}


def _active(view: Overview) -> dict[str, Any]:
    weeks = [week.active for week in view.participation.finished]
    before = _("Last week %(n)s") % {"n": weeks[-1]} if weeks else ""
    return _kpi(
        _("Active in the last 7 days"),
        view.active.count,
        of=view.active,
        unit=_("of %(n)s") % {"n": view.active.people} if view.active.people else "",
        note=before if view.active.count is not None else "",
        weeks=weeks if len(weeks) > 1 else None,
        weeks_label=_("Active people by week"),
        how=_("People who handed anything in during the last seven days, whatever became of it."),
    )


def _pace(view: Overview) -> dict[str, Any]:
    share = view.on_pace
    assert share is not None
    return _kpi(
        _("On pace"),
        share.count,
        of=share,
        unit=_("of %(n)s") % {"n": share.people} if share.people else "",
        note=ngettext("Pace is %(n)s exercise", "Pace is %(n)s exercises", view.expected or 0)
        % {"n": view.expected},
        how=_(
            "People who have passed as many exercises as a steady pace from the first to the "
            "last day of the cohort would have by today, or one fewer."
        ),
    )


def _sharing(view: Overview) -> dict[str, Any]:
    return {
        "label": _("Share their progress"),
        "value": view.sharing,
        "unit": _("of %(n)s") % {"n": view.people},
        "sample": ngettext("one person", "%(n)s people", view.people) % {"n": view.people},
        "how": _("People who chose to show you their progress, or their work too."),
    }


def _passed(view: Overview) -> dict[str, Any]:
    weeks = [week.passed for week in view.participation.finished]
    return _kpi(
        _("Exercises passed, average"),
        None if view.passed.value is None else f"{view.passed.value:g}",
        of=view.passed,
        unit=_("of %(n)s") % {"n": view.exercises},
        note=_("%(n)s passed last week in all") % {"n": weeks[-1]} if weeks else "",
        weeks=weeks if len(weeks) > 1 else None,
        weeks_label=_("Exercises passed by week"),
        how=_("Exercises with at least one passing try, added up and divided by the people."),
    )


def _first_try(view: Overview) -> dict[str, Any]:
    value = view.first_try.value
    return _kpi(
        _("Passed at first try"),
        None if value is None else f"{value:.0f}%",
        of=view.first_try,
        note=_("of the exercises each tried"),
        how=_(
            "For each person the share of tried exercises whose first graded try passed; then "
            "the average of the people."
        ),
    )


def _alone(view: Overview) -> dict[str, Any]:
    aided = view.with_help.value
    return _kpi(
        _("Score without help"),
        _score(view.without_help) or None,
        of=view.without_help,
        unit=_("of 100"),
        note="" if aided is None else _("With help %(n)s") % {"n": f"{aided:.0f}"},
        how=_(
            "Each person’s best scores on exercises where no help was allowed, the newest "
            "counting most, from three exercises on; then the average of the people."
        ),
    )


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

    score: float | None
    step: int


@dataclass(frozen=True)
class HeatRow:
    """Somebody who shares their progress."""

    person: Person
    cells: tuple[HeatCell, ...]
    alone: float | None


def heat_rows(view: Overview) -> tuple[Sequence[str], list[HeatRow]]:
    """The competencies in which anybody named has a score, and a row per named person."""
    titles = [
        figure.title
        for figure in view.competencies
        if any(person.figures.skills.get(figure.title) is not None for person in view.named)
    ]
    return titles, [_heat_row(person, titles) for person in view.named]


def _heat_row(person: Person, titles: Sequence[str]) -> HeatRow:
    scores = [person.figures.skills.get(title) for title in titles]
    return HeatRow(
        person,
        tuple(HeatCell(score, heat_step(score)) for score in scores),
        person.figures.without_help,
    )


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
