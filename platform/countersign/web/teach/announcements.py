"""What a cohort is told: written, archived, taken out of the archive again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from countersign.cohorts import announcements
from countersign.cohorts.models import Announcement, Cohort
from countersign.common.text import UnstorableText
from countersign.web.access import Door, door, person
from countersign.web.staff import page
from countersign.web.teach.cohorts import taught_cohort

PAGE_SIZE = 25


@door(Door.TEACH)
@require_http_methods(["GET", "HEAD", "POST"])
def teach_announcements(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """All announcements to a cohort, and a form for the next."""
    cohort = taught_cohort(request, cohort_id)
    if request.method != "POST":
        return _show(request, cohort)
    title, text = (str(request.POST.get(name, "")) for name in ("title", "text"))
    try:
        announcements.announce(cohort=cohort, title=title, text=text, author=person(request))
    except announcements.NothingToTell:
        words = _("Write a title of at most 120 characters, and a text of at most 2,000.")
        return _show(request, cohort, problem=words)
    except UnstorableText:
        words = _("There is a character in it that can’t be kept. Take it out.")
        return _show(request, cohort, problem=words)
    messages.success(request, _("Everyone with a place finds it on their first page."))
    return redirect("teach_announcements", cohort_id)


def _show(request: HttpRequest, cohort: Cohort, *, problem: str = "") -> HttpResponse:
    here = Q(reads__enrolment__ended_at=None, reads__enrolment__cohort=cohort)
    rows = cohort.announcements.select_related("author").annotate(
        read=Count("reads", filter=here, distinct=True)
    )
    return page(
        request,
        "teach/announcements.html",
        door=Door.TEACH,
        status=422 if problem else 200,
        cohort=cohort,
        problem=problem,
        title=request.POST.get("title", ""),
        text=request.POST.get("text", ""),
        people=cohort.enrolments.filter(ended_at=None).count(),
        rows=Paginator(rows.order_by("-made_at"), PAGE_SIZE).get_page(request.GET.get("page")),
    )


@door(Door.TEACH)
@require_POST
def teach_archive(
    request: HttpRequest, cohort_id: UUID, announcement_id: UUID
) -> HttpResponseRedirect:
    """Put an announcement into the archive, or take it out again."""
    cohort = taught_cohort(request, cohort_id)
    mine = Announcement.objects.visible_to(person(request)).filter(cohort=cohort)
    found = get_object_or_404(mine, pk=announcement_id)
    archived = request.POST.get("archived") != "no"
    if announcements.archive(found, actor=person(request), archived=archived):
        said = (
            _("It is in the archive. Learners find it among the earlier ones.")
            if archived
            else _("It stands on learners’ first page again.")
        )
        messages.success(request, said)
    else:
        messages.info(request, _("Nothing changed: that was done before."))
    return redirect("teach_announcements", cohort_id)
