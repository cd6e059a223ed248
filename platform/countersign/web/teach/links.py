"""Joining links of a cohort: make one, see it once, withdraw it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from countersign.cohorts.models import Cohort, Invitation
from countersign.cohorts.services import invite, withdraw_invitation
from countersign.common import clock
from countersign.web.access import Door, door, person
from countersign.web.staff import page
from countersign.web.teach.cohorts import taught_cohort

LINKS_SHOWN = 100


class LinkForm(forms.Form):
    """How long a link works, and for how many people."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("Works for"),
        coerce=int,
        choices=[
            (7, gettext_lazy("7 days")),
            (30, gettext_lazy("30 days")),
            (90, gettext_lazy("90 days")),
        ],
        initial=30,
    )
    most_uses = forms.IntegerField(
        label=gettext_lazy("Most people"),
        help_text=gettext_lazy("Leave it empty for no limit."),
        min_value=1,
        max_value=10_000,
        required=False,
    )


@door(Door.TEACH)
@require_http_methods(["GET", "HEAD", "POST"])
def teach_links(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """The cohort's links. A new one is in the answer to its own POST and nowhere else.

    Only a digest is stored, so a redirect would have to keep the secret somewhere to show it.
    """
    cohort = taught_cohort(request, cohort_id)
    if request.method != "POST":
        return _show(request, cohort, LinkForm())
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _show(request, cohort, form, status=422)
    return _show(request, cohort, LinkForm(), new_link=_make(request, cohort, form.cleaned_data))


def _make(request: HttpRequest, cohort: Cohort, asked: dict[str, Any]) -> str:
    token = invite(
        cohort=cohort,
        actor=person(request),
        lifetime=timedelta(days=asked["days"]),
        most_uses=asked["most_uses"],
    )
    return request.build_absolute_uri(reverse("join", args=[token]))


def _show(
    request: HttpRequest, cohort: Cohort, form: LinkForm, *, new_link: str = "", status: int = 200
) -> HttpResponse:
    now = clock.now()
    links = cohort.invitations.filter(email="").select_related("made_by")[:LINKS_SHOWN]
    return page(
        request,
        "teach/links.html",
        door=Door.TEACH,
        status=status,
        cohort=cohort,
        form=form,
        new_link=new_link,
        links=[(link, _state(link, now)) for link in links],
    )


def _state(link: Invitation, now: Any) -> str:
    if link.revoked_at is not None:
        return "withdrawn"
    if link.expires_at <= now:
        return "run_out"
    return "open" if link.is_usable(now) else "used_up"


@door(Door.TEACH)
@require_POST
def teach_withdraw(request: HttpRequest, cohort_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Close a link."""
    cohort = taught_cohort(request, cohort_id)
    invitation = get_object_or_404(
        Invitation.objects.visible_to(person(request)), cohort=cohort, pk=invitation_id
    )
    withdraw_invitation(invitation=invitation, actor=person(request))
    messages.success(request, _("The link is closed. Nobody can join with it any more."))
    return redirect("teach_links", cohort_id)
