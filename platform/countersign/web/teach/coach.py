"""The coach, for those who teach: feedback that learners contest or report, and its comments in
words of their own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from countersign.accounts.models import User
from countersign.coaching import editing, feedback
from countersign.coaching.asked import asked_about
from countersign.coaching.models import Feedback
from countersign.common.text import UnstorableText
from countersign.organisations.models import Organisation
from countersign.organisations.permissions import Permission, organisation_ids
from countersign.web.access import Door, door, person
from countersign.web.staff import page

MOST_SHOWN = 50


@door(Door.TEACH)
@require_safe
def teach_coach(request: HttpRequest) -> HttpResponse:
    """Contested and reported feedback first, then every comment the coach can make."""
    user = person(request)
    return page(
        request,
        "teach/coach.html",
        door=Door.TEACH,
        told=_told(user),
        organisations=[(each, editing.editable(each)) for each in _taught(user)],
    )


def _taught(user: User) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=organisation_ids(user, Permission.TEACH)))


def _told(user: User) -> list[Feedback]:
    """What learners said is wrong: all that waits for a decision, then the last of the others."""
    about = "result__submission__attempt"
    rows = (
        Feedback.objects.visible_to(user)
        .of_cohorts_taught_by(user)
        .select_related(f"{about}__version", f"{about}__enrolment__learner")
    )
    waiting = rows.contested().order_by("-contested_at")
    others = rows.filter(Q(contested_at__isnull=False) | Q(reported_at__isnull=False))
    seen_to = others.exclude(pk__in=waiting.values("pk")).order_by("-asked_at")
    return [*waiting, *seen_to[:MOST_SHOWN]]


@door(Door.TEACH)
@require_POST
def teach_coach_text(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Put one comment into words of one's own, or go back to ours."""
    user = person(request)
    organisation = next((each for each in _taught(user) if each.pk == organisation_id), None)
    if organisation is None:
        raise Http404
    key, text = request.POST.get("key", ""), request.POST.get("text", "")
    try:
        editing.set_text(organisation, key=key, text=text, actor=user)
        messages.success(request, _("Learners read it so from now on."))
    except editing.BadText as reason:
        messages.error(request, str(reason))
    except UnstorableText:
        messages.error(request, _("There is a character in it that can’t be kept. Take it out."))
    return redirect("teach_coach")


@door(Door.TEACH)
@require_POST
def teach_contest(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Agree with the learner or with the model."""
    user = person(request)
    found = get_object_or_404(
        Feedback.objects.visible_to(user).of_cohorts_taught_by(user), pk=feedback_id
    )
    upheld = request.POST.get("agrees_with") == "learner"
    if feedback.decide_contest(found, upheld=upheld, actor=user):
        messages.success(request, _("The learner sees what you decided."))
    else:
        messages.info(request, _("This was decided before, or nobody contests it."))
    return redirect("teach_coach")


@door(Door.TEACH)
@require_safe
def teach_asked(request: HttpRequest) -> HttpResponse:
    """What learners ask the assistant, in groups and without names."""
    return page(
        request, "teach/asked.html", door=Door.TEACH, exercises=asked_about(person(request))
    )
