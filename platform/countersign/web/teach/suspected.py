"""Comments of reviews that learners stand by: an instructor decides whether they join the key."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from countersign.grading.models import SuspectedDefect
from countersign.grading.services.suspected import CannotJoin, accept, decline
from countersign.web.access import Door, door, person
from countersign.web.staff import page

PAGE_SIZE = 25


@door(Door.TEACH)
@require_safe
def teach_suspected(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the oldest first."""
    rows = (
        SuspectedDefect.objects.visible_to(person(request))
        .decidable_by(person(request))
        .select_related("submission__attempt__version", "submission__attempt__enrolment__learner")
    )
    return page(
        request,
        "teach/suspected.html",
        door=Door.TEACH,
        rows=Paginator([_shown(row) for row in rows], PAGE_SIZE).get_page(request.GET.get("page")),
    )


def _shown(suspected: SuspectedDefect) -> dict[str, object]:
    """A comment with the lines that it is about."""
    version = suspected.submission.attempt.version
    lines = version.shown["artefact"]["text"].split("\n")
    first, _, last = suspected.lines.partition("-")
    from_line, to_line = int(first), int(last or first)
    return {
        "suspected": suspected,
        "version": version,
        "learner": suspected.submission.attempt.enrolment.learner,
        "code": "\n".join(lines[from_line - 1 : to_line]),
        "first": from_line,
    }


@door(Door.TEACH)
@require_POST
def teach_decide_suspected(request: HttpRequest, suspected_id: UUID) -> HttpResponse:
    """Let it join the key and grade anew, or leave it a false alarm."""
    user = person(request)
    suspected = get_object_or_404(
        SuspectedDefect.objects.visible_to(user).decidable_by(user), pk=suspected_id
    )
    if "accept" not in request.POST:
        decline(suspected=suspected, actor=user)
        messages.success(request, _("It stays a false alarm."))
        return redirect("teach_suspected")
    try:
        made = accept(suspected=suspected, actor=user, explain=request.POST.get("explain", ""))
    except CannotJoin as error:
        messages.warning(request, _("It can’t join the key: %(why)s") % {"why": error})
    else:
        said = ngettext(
            "It joined the key. %(n)s submission is being graded anew.",
            "It joined the key. %(n)s submissions are being graded anew.",
            made,
        )
        messages.success(request, said % {"n": made})
    return redirect("teach_suspected")
