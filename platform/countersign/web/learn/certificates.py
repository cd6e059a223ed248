"""The learner's own badges and certificates: what they say, and who may see the figures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from countersign.credentials import documents, services
from countersign.credentials.ground import FEWEST_UNAIDED
from countersign.credentials.models import Credential, CredentialKind, Withdrawal
from countersign.web.access import Door, door, person


@door(Door.SIGNED_IN)
@require_safe
def certificates(request: HttpRequest) -> HttpResponseBase:
    """Those that were issued, and the badges that are near."""
    own = Credential.objects.visible_to(person(request)).select_related("status", "replaced_by")
    context = {
        "issued": [_card(each) for each in own],
        "near": [
            {
                "title": skill.title,
                "skill": skill.pk,
                "tasks": min(way.tasks, FEWEST_UNAIDED),
                "missing": way.missing,
                "score": None if way.score is None else round(way.score),
            }
            for skill, way in services.on_the_way(person(request))[:6]
        ],
        "fewest": FEWEST_UNAIDED,
    }
    return render(request, "learn/certificates.html", context)


@door(Door.SIGNED_IN)
@require_POST
def show_figures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the public page say the figures, or not."""
    credential = _own(request, pk)
    show = request.POST.get("show") == "yes"
    services.show_figures(credential, show=show)
    words = _("The figures show.") if show else _("The figures are hidden from everyone but you.")
    messages.success(request, words)
    return redirect("certificates")


@door(Door.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Take a certificate back for good, after asking once."""
    credential = _own(request, pk)
    if request.method != "POST":
        return render(request, "learn/certificate_withdraw.html", {"card": _card(credential)})
    services.withdraw_own(credential, actor=person(request))
    messages.success(request, _("Withdrawn. Its page says so from now on."))
    return redirect("certificates")


def _own(request: HttpRequest, pk: UUID) -> Credential:
    found: Credential = get_object_or_404(
        Credential.objects.visible_to(person(request)).select_related("status"), pk=pk
    )
    return found


def _card(credential: Credential) -> dict[str, Any]:
    return {
        "pk": credential.pk,
        "code": credential.code,
        "is_badge": credential.kind == CredentialKind.SKILL,
        "title": credential.title,
        "issued_at": credential.issued_at,
        "good_until": credential.good_until,
        "tasks": credential.tasks,
        "score": None if credential.score is None else round(credential.score),
        "shows": credential.shows_figures,
        "address": documents.verify_address(credential),
        "withdrawn_at": credential.status.withdrawn_at,
        "why": Withdrawal(credential.withdrawal).label if credential.withdrawal else "",
        "replaced_by": credential.replaced_by.code if credential.replaced_by else "",
    }
