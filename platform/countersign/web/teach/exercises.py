"""How exercises do with the people one teaches."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from countersign.exercises.models import ExerciseVersion
from countersign.insights import services as insights
from countersign.insights.services import ExerciseFigures
from countersign.web.access import Door, door, person
from countersign.web.sorting import Column, sort
from countersign.web.staff import page

PAGE_SIZE = 100

Line = tuple[ExerciseVersion, ExerciseFigures]


def columns() -> Sequence[Column]:
    """The columns of the table of exercises."""
    return (
        Column("title", _("Exercise"), lambda line: line[0].title.casefold(), figures=False),
        Column("first", _("Solved at first try"), lambda line: line[1].first_try_share),
        Column("learners", _("Tried by"), lambda line: line[1].learners, starts_high=True),
        Column("not_yet", _("Not passed yet"), lambda line: line[1].not_yet, starts_high=True),
        Column("tries", _("Tries"), lambda line: line[1].submissions, starts_high=True),
        Column("worst", _("What goes wrong most"), _worst, figures=False, starts_high=True),
    )


def _worst(line: Line) -> float | None:
    rule = line[1].worst_rule
    return None if rule is None else rule.share


@door(Door.TEACH)
@require_safe
def teach_exercises(request: HttpRequest) -> HttpResponse:
    """Every exercise of one's cohorts; the hardest is one press away."""
    lines: Sequence[Line] = insights.taught_exercises(person(request))
    rows, headers = sort(request, lines, columns(), otherwise="title")
    return page(
        request,
        "teach/exercises.html",
        door=Door.TEACH,
        headers=headers,
        rows=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        fewest=ExerciseFigures.FEWEST_TRIES,
    )


def taught_version(request: HttpRequest, exercise_id: UUID) -> ExerciseVersion:
    """The newest version in one's cohorts' releases, or a 404."""
    for version in insights.taught_versions(person(request)):
        if version.exercise_id == exercise_id:
            return version
    raise Http404


@door(Door.TEACH)
@require_safe
def teach_exercise(request: HttpRequest, exercise_id: UUID) -> HttpResponse:
    """How one exercise does: first tries, tries until passed, rules missed, and by whom."""
    user, version = person(request), taught_version(request, exercise_id)
    figures = insights.exercise_figures(version.exercise, viewer=user)
    longest = max((many for _tries, many in figures.tries_until_passed), default=0)
    people = insights.triers(version.exercise, viewer=user)
    return page(
        request,
        "teach/exercise.html",
        door=Door.TEACH,
        version=version,
        figures=figures,
        tries=[
            (tries, many, round(100 * many / longest)) for tries, many in figures.tries_until_passed
        ],
        people=Paginator(people, PAGE_SIZE).get_page(request.GET.get("page")),
        fewest=ExerciseFigures.FEWEST_TRIES,
    )
