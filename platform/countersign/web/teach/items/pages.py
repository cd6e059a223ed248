"""Item analysis: every exercise in one table that sorts the worst to the top, and one in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from countersign.cohorts.models import Cohort
from countersign.exercises.models import ExerciseVersion
from countersign.insights import services as insights
from countersign.insights.items import ENOUGH, FEWEST, ItemFigures
from countersign.insights.services import ItemLine
from countersign.organisations.models import Organisation
from countersign.web.access import Door, door, person
from countersign.web.sorting import Column, sort
from countersign.web.staff import page
from countersign.web.teach.exercises import taught_version


def columns() -> Sequence[Column]:
    """The columns of the table of items."""
    return (
        Column("title", _("Exercise"), lambda line: line.version.title.casefold(), figures=False),
        Column("look", _("Why look at this"), _looks, figures=False, starts_high=True),
        Column("solved", _("Solved at first try"), _solved),
        Column("separates", _("Tells strong from weak"), _separates),
        Column("minutes", _("Middle time"), lambda line: line.figures.minutes, starts_high=True),
        Column("help", _("Help used"), _helped, starts_high=True),
        Column("never", _("Not solved yet"), _never, starts_high=True),
        Column("learners", _("Learners"), lambda line: line.figures.learners, starts_high=True),
        Column("wrong", _("What goes wrong most"), _wrong, figures=False, starts_high=True),
    )


def _looks(line: ItemLine) -> int:
    return len(line.figures.looks(minutes=line.version.minutes))


def _solved(line: ItemLine) -> float | None:
    return line.figures.solved.share if line.figures.solved else None


def _separates(line: ItemLine) -> float | None:
    return line.figures.discrimination.r if line.figures.discrimination else None


def _helped(line: ItemLine) -> float | None:
    return line.figures.helped.share if line.figures.helped else None


def _never(line: ItemLine) -> float | None:
    return line.figures.never / line.figures.learners if line.figures.tries else None


def _wrong(line: ItemLine) -> float | None:
    return line.figures.wrong[0][1] / line.figures.learners if line.figures.wrong else None


def _chosen(request: HttpRequest) -> tuple[Organisation, list[Organisation]]:
    """The organisation that the address names, else the first that one teaches; and all."""
    found = insights.taught_organisations(person(request))
    asked = request.GET.get("org", "") or request.POST.get("org", "")
    for organisation in found:
        if not asked or str(organisation.pk) == asked:
            return organisation, found
    raise Http404


@door(Door.TEACH)
@require_safe
def teach_items(request: HttpRequest) -> HttpResponse:
    """Every item that somebody has tried, those worth a look first."""
    organisation, taught = _chosen(request)
    items = insights.items_of(organisation, viewer=person(request))
    rows, headers = sort(request, items.lines, columns(), otherwise="-look")
    return page(
        request,
        "teach/items/all.html",
        door=Door.TEACH,
        organisation=organisation,
        tabs=_tabs(taught, organisation) if len(taught) > 1 else [],
        headers=headers,
        rows=[(line, line.figures.looks(minutes=line.version.minutes)) for line in rows],
        computed_at=items.computed_at,
        fewest=FEWEST,
        enough=ENOUGH,
    )


def _tabs(taught: Sequence[Organisation], here: Organisation) -> list[dict[str, Any]]:
    return [
        {"href": f"?org={each.pk}", "label": each.name, "here": each == here} for each in taught
    ]


@door(Door.TEACH)
@require_POST
def teach_items_anew(request: HttpRequest) -> HttpResponse:
    """Have the figures worked out now."""
    organisation, _taught = _chosen(request)
    insights.ask_for(organisation)
    messages.success(request, _("The figures are being worked out. Load the page in a moment."))
    return redirect(f"{reverse('teach_items')}?org={organisation.pk}")


@door(Door.TEACH)
@require_safe
def teach_item(request: HttpRequest, exercise_id: UUID) -> HttpResponse:
    """How one exercise behaves, over all its versions and cohorts or in one of them."""
    version = taught_version(request, exercise_id)
    organisation, taught = _chosen(request)
    scopes = _scopes(request, version, organisation)
    scope = request.GET.get("scope", "all")
    if scope not in dict(scopes):
        raise Http404
    figures = insights.item_of(organisation, exercise_id, viewer=person(request), scope=scope)
    figures = figures or ItemFigures(learners=0, hand_ins=0)
    return page(
        request,
        "teach/items/one.html",
        door=Door.TEACH,
        version=version,
        organisation=organisation,
        taught=taught,
        scopes=[{"value": key, "label": words, "checked": key == scope} for key, words in scopes],
        figures=figures,
        looks=figures.looks(minutes=version.minutes),
        bars=_bars(figures),
        computed_at=insights.computed_at(organisation),
        fewest=FEWEST,
        enough=ENOUGH,
    )


def _scopes(
    request: HttpRequest, version: ExerciseVersion, organisation: Organisation
) -> list[tuple[str, str]]:
    versions = version.exercise.versions.order_by("-number").values_list("number", flat=True)
    cohorts = Cohort.objects.visible_to(person(request)).filter(organisation=organisation)
    return [
        ("all", _("all versions and cohorts")),
        *((insights.of_version(n), _("version %(n)s") % {"n": n}) for n in versions),
        *((insights.of_cohort(each.pk), each.name) for each in cohorts),
    ]


def _bars(figures: ItemFigures) -> dict[str, Any]:
    """Rows of small bars: words, count, width in per cent of the longest."""
    return {
        "tries": _drawn([*_tries_words(figures.tries), (_("not yet"), figures.never)]),
        "wrong": _drawn(list(figures.wrong)),
        "first": _drawn(_score_words(figures.first_scores)),
        "last": _drawn(_score_words(figures.last_scores)),
    }


def _drawn(rows: Sequence[tuple[str, int]]) -> list[tuple[str, int, int]]:
    most = max((many for _words, many in rows), default=0) or 1
    return [(words, many, round(100 * many / most)) for words, many in rows]


def _tries_words(tries: Sequence[int]) -> list[tuple[str, int]]:
    last = len(tries)
    return [
        (_("%(n)s or more") % {"n": n} if n == last else str(n), many)
        for n, many in enumerate(tries, 1)
    ]


def _score_words(bars: Sequence[int]) -> list[tuple[str, int]]:
    width = 100 // (len(bars) or 1)
    return [
        (f"{at * width}–{(at + 1) * width - (0 if at == len(bars) - 1 else 1)}", many)
        for at, many in enumerate(bars)
    ]
