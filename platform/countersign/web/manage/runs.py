"""Runs that met our fault too often. The operator sees the fault, not the learner's work."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from countersign.grading.services import run_again
from countersign.grading.services.operating import all_set_aside, find_set_aside
from countersign.web.access import Door, door, person
from countersign.web.staff import page

PAGE_SIZE = 50


@door(Door.OPERATE)
@require_safe
def manage_runs(request: HttpRequest) -> HttpResponse:
    """Every run that waits for somebody, newest first."""
    rows = Paginator(all_set_aside(), PAGE_SIZE).get_page(request.GET.get("page"))
    return page(request, "manage/runs.html", door=Door.OPERATE, rows=rows)


@door(Door.OPERATE)
@require_POST
def manage_run_again(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Put one back in the queue."""
    run = find_set_aside(run_id)
    if run is None:
        raise Http404
    run_again(submission=run.submission, actor=person(request))
    messages.success(request, _("It waits for its turn again. No attempt was used."))
    return redirect("manage_runs")
