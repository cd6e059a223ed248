"""Tables to take away: what is in them, the tray of those being made, the download."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from countersign.cohorts.models import Cohort
from countersign.insights import services as insights
from countersign.insights.models import Export, ExportKind, ExportState
from countersign.web.access import Door, door, person
from countersign.web.org.frame import overseen_cohort
from countersign.web.staff import page

SHOWN = 10
STOP_POLLING = 286

ABOUT = {
    ExportKind.SKILLS: gettext_lazy("A row for each person and skill, with help and without."),
    ExportKind.OVERSIGHT: gettext_lazy("A row for each person and week: planted, found, flagged."),
    ExportKind.COMPLETION: gettext_lazy("A row for each person: exercises passed, last active."),
}
TITLES = {
    ExportKind.SKILLS: gettext_lazy("Skills (CSV)"),
    ExportKind.OVERSIGHT: gettext_lazy("Oversight (CSV)"),
    ExportKind.COMPLETION: gettext_lazy("Completion (CSV)"),
}


@door(Door.OVERSEE)
@require_safe
def org_reports(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Before a download: the columns, how many people, who is left out and why."""
    cohort = overseen_cohort(request, cohort_id)
    view = insights.employer_view(cohort, viewer=person(request)).overview
    offers = [
        {"preview": each, "title": TITLES[each.kind], "about": ABOUT[each.kind]}
        for each in insights.previews(view)
    ]
    return page(
        request,
        "org/reports.html",
        door=Door.OVERSEE,
        cohort=cohort,
        overview=view,
        offers=offers,
        **_tray(request, cohort),
    )


@door(Door.OVERSEE)
@require_safe
def org_tray(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """The tray alone, while something in it is being made; then it stops asking."""
    cohort = overseen_cohort(request, cohort_id)
    tray = _tray(request, cohort)
    status = 200 if tray["is_moving"] else STOP_POLLING
    return render(request, "org/tray.html", {"cohort": cohort, **tray}, status=status)


def _tray(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    mine = Export.objects.visible_to(person(request)).unexpired().filter(cohort=cohort)
    exports = list(mine.defer("group")[:SHOWN])
    return {
        "exports": [
            {"export": each, "title": TITLES[ExportKind(each.kind)], "of": each.total or None}
            for each in exports
        ],
        "is_moving": any(each.state == ExportState.WAITING for each in exports),
    }


@door(Door.OVERSEE)
@require_POST
def org_make_export(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Have one made in the background."""
    cohort = overseen_cohort(request, cohort_id)
    asked = request.POST.get("kind", "")
    if asked not in ExportKind.values:
        raise Http404
    practice = request.POST.get("practice") != "without"
    insights.ask_for_export(
        cohort, kind=ExportKind(asked), practice=practice, actor=person(request)
    )
    messages.success(request, _("It is being made. It stays here for a week."))
    return redirect("org_reports", cohort.pk)


@door(Door.OVERSEE)
@require_safe
def org_export(request: HttpRequest, cohort_id: UUID, export_id: UUID) -> HttpResponse:
    """The file, under the choices that hold now. Kept in the audit log."""
    cohort = overseen_cohort(request, cohort_id)
    mine = Export.objects.visible_to(person(request)).select_related("cohort")
    export = get_object_or_404(mine, pk=export_id, cohort=cohort)
    try:
        sheet = insights.download(export, viewer=person(request))
    except insights.ExportClosed:
        return page(request, "org/export_closed.html", door=Door.OVERSEE, status=410, cohort=cohort)
    response = HttpResponse(sheet.text(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{export.kind}-{cohort.pk}.csv"'
    return response
