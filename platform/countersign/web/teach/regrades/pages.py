"""Regrades of one's organisations: begin a dry run, follow it, read its table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from countersign.exercises.models import ExerciseVersion
from countersign.regrades import services as regrades
from countersign.regrades.models import Regrade
from countersign.web.access import Door, door, person
from countersign.web.staff import page
from countersign.web.teach.exercises import taught_version
from countersign.web.teach.regrades.forms import DecisionForm, ScopeForm

PAGE_SIZE = 100
STOP_POLLING = 286


def own_regrade(request: HttpRequest, regrade_id: UUID) -> Regrade:
    """The regrade, or a 404 for one of somebody else's organisation."""
    rows = Regrade.objects.visible_to(person(request)).select_related(
        "target", "version", "cohort", "organisation", "made_by", "decided_by"
    )
    found: Regrade = get_object_or_404(rows, pk=regrade_id)
    return found


@door(Door.TEACH)
@require_safe
def teach_regrades(request: HttpRequest) -> HttpResponse:
    """Every regrade, the newest first."""
    rows = (
        Regrade.objects.visible_to(person(request))
        .select_related("organisation", "made_by", "cohort")
        .annotate(many=Count("entries"))
        .order_by("-made_at")
    )
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    titles = _titles([each.exercise_id for each in shown])
    return page(
        request,
        "teach/regrades/all.html",
        door=Door.TEACH,
        rows=shown,
        lines=[(each, titles[each.exercise_id]) for each in shown],
    )


def _titles(exercises: list[UUID]) -> dict[UUID, str]:
    """The newest title of each."""
    rows = ExerciseVersion.objects.filter(exercise__in=exercises).order_by("number")
    return dict(rows.values_list("exercise", "title"))


@door(Door.TEACH)
@require_http_methods(["GET", "HEAD", "POST"])
def teach_begin_regrade(request: HttpRequest, exercise_id: UUID) -> HttpResponse:
    """Choose whose work is judged anew and by what; sending it begins the dry run."""
    version = taught_version(request, exercise_id)
    user = person(request)
    sent = request.POST if request.method == "POST" else None
    form = ScopeForm(sent, exercise=version.exercise, teacher=user)
    if sent is not None and form.is_valid():
        try:
            made = regrades.begin(form.scope, target=form.judging, actor=user)
            return redirect("teach_bulk_regrade", made.pk)
        except regrades.NothingToRegrade:
            form.add_error("whose", _("None of this work has come to a verdict yet."))
    return page(
        request,
        "teach/regrades/begin.html",
        door=Door.TEACH,
        status=422 if form.errors else 200,
        version=version,
        form=form,
    )


@door(Door.TEACH)
@require_safe
def teach_bulk_regrade(request: HttpRequest, regrade_id: UUID) -> HttpResponse:
    """How far the dry run is; then what would change; then what was decided."""
    return show(request, own_regrade(request, regrade_id))


def show(
    request: HttpRequest, regrade: Regrade, *, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    """The regrade's page, with the form as it was sent where that wasn't right."""
    state = regrades.progress(regrade) if regrade.is_open else None
    context: dict[str, Any] = {}
    if state is None or state.is_ready:
        table = regrades.table_of(regrade)
        context = {
            "table": table,
            "rows": Paginator(table.rows, PAGE_SIZE).get_page(request.GET.get("page")),
            "form": form or DecisionForm(table=table),
        }
    return page(
        request,
        "teach/regrades/one.html",
        door=Door.TEACH,
        status=status,
        regrade=regrade,
        title=_titles([regrade.exercise_id])[regrade.exercise_id],
        state=state,
        **context,
    )


@door(Door.TEACH)
@require_safe
def teach_regrade_progress(request: HttpRequest, regrade_id: UUID) -> HttpResponse:
    """How far the dry run is. The answer that ends the waiting says so with 286."""
    regrade = own_regrade(request, regrade_id)
    state = regrades.progress(regrade)
    waits = regrade.is_open and not state.is_ready
    return render(
        request,
        "teach/regrades/progress.html",
        {"regrade": regrade, "state": state, "waits": waits},
        status=200 if waits else STOP_POLLING,
    )
