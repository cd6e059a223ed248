"""Appeals: a learner says that a rule misread their words, and the instructor answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from countersign.coaching import appeals
from countersign.coaching.models import Appeal
from countersign.common.text import clean_json
from countersign.web.access import Door, door, person
from countersign.web.staff import page

RECENT = 20


@door(Door.TEACH)
@require_safe
def teach_appeals(request: HttpRequest) -> HttpResponse:
    """Those that wait, and the last that were answered."""
    mine = (
        Appeal.objects.visible_to(person(request))
        .answerable_by(person(request))
        .select_related(
            "result__submission__attempt__version",
            "result__submission__attempt__enrolment__learner",
            "result__submission__attempt__enrolment__cohort",
            "answered_by",
        )
    )
    return page(
        request,
        "teach/appeals.html",
        door=Door.TEACH,
        waiting=[_row(appeal) for appeal in mine.open()],
        answered=mine.exclude(answered_at=None).order_by("-answered_at")[:RECENT],
    )


def _row(appeal: Appeal) -> dict[str, object]:
    return {
        "appeal": appeal,
        "text": appeals.written_in(appeal.result.submission),
        "effect": appeals.effect(appeal),
    }


@door(Door.TEACH)
@require_POST
def teach_answer_appeal(request: HttpRequest, appeal_id: UUID) -> HttpResponseRedirect:
    """Agree, or keep the reading, with words for the learner. Nobody answers their own."""
    appeal = get_object_or_404(
        Appeal.objects.visible_to(person(request)).answerable_by(person(request)), pk=appeal_id
    )
    reply = str(clean_json({"reply": request.POST.get("reply", "")})["reply"])
    if not reply.strip():
        messages.error(request, _("Write the learner a line first. Nothing was sent."))
    elif appeals.answer(
        appeal, upheld=request.POST.get("upheld") == "yes", reply=reply, actor=person(request)
    ):
        messages.success(request, _("Sent. The learner sees it beside the result."))
    else:
        messages.info(request, _("Somebody has answered this one already."))
    return redirect("teach_appeals")
