"""Is this certificate genuine? Anyone may ask, by its code or with its file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from countersign.credentials import documents, keys, presented
from countersign.credentials.codes import read_code
from countersign.credentials.models import Credential, CredentialKind, Withdrawal
from countersign.credentials.multibase import multikey
from countersign.credentials.presented import Check, Finding
from countersign.web.access import Door, door

VERDICTS: dict[Finding, tuple[str, Any, Any]] = {
    # finding: kind of note, headline, what it means
    Finding.GENUINE: ("pass", gettext_lazy("Genuine"), ""),
    Finding.WITHDRAWN: ("fail", gettext_lazy("Withdrawn"), ""),
    Finding.RUN_OUT: (
        "warn",
        gettext_lazy("Genuine, and its time is over"),
        gettext_lazy("It was issued by us and was never withdrawn. Ask for newer evidence."),
    ),
    Finding.ALTERED: (
        "fail",
        gettext_lazy("Changed after it was signed"),
        gettext_lazy("The signature doesn’t belong to these words. Don’t rely on them."),
    ),
    Finding.NOT_OURS: (
        "fail",
        gettext_lazy("Not issued here"),
        gettext_lazy("It names another issuer or a key that isn’t ours."),
    ),
    Finding.NOT_YET: (
        "warn",
        gettext_lazy("Not valid yet"),
        gettext_lazy("It begins at a time that is still to come."),
    ),
    Finding.UNREADABLE: (
        "warn",
        gettext_lazy("This is no certificate that we can read"),
        gettext_lazy("Paste the whole file, from the first bracket to the last, or the token."),
    ),
    Finding.UNKNOWN: (
        "fail",
        gettext_lazy("Not found"),
        gettext_lazy("It isn’t kept here any more. Nobody can say that it still holds."),
    ),
}


@door(Door.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask by code, or paste the file. What is pasted is checked and not kept."""
    if request.method != "POST":
        return render(request, "public/verify.html")
    typed = request.POST.get("code", "").strip()
    pasted = request.POST.get("document", "").strip()
    if pasted:
        return _answer(request, presented.shown(pasted), status=200)
    code = read_code(typed)
    if code is None:
        context = {"typed": typed[:40], "error": _no_code(typed)}
        return render(request, "public/verify.html", context, status=422)
    return redirect("verify_code", code=code)


@require_safe
@door(Door.PUBLIC)
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """The certificate's public page."""
    found = read_code(code)
    if found is None:
        context = {"typed": code[:40], "error": _no_code(code)}
        return render(request, "public/verify.html", context, status=404)
    if found != code:
        return redirect("verify_code", code=found)
    check = presented.by_code(found)
    if check.credential is None:
        context = {"typed": found, "error": _("No certificate has this code.")}
        return render(request, "public/verify.html", context, status=404)
    return _answer(request, check, status=200)


def _no_code(typed: str) -> str:
    if not typed:
        return _("Enter a code, or paste a certificate’s file.")
    return _("Codes have the form CS-XXXX-XXXX. The letters I, L, O and U are never used.")


def _answer(request: HttpRequest, check: Check, *, status: int) -> HttpResponse:
    kind, headline, meaning = VERDICTS[check.finding]
    context = {
        "kind": kind,
        "headline": headline,
        "meaning": meaning,
        "certificate": _certificate(check.credential) if check.credential else None,
    }
    return render(request, "public/certificate.html", context, status=status)


def _certificate(credential: Credential) -> dict[str, Any]:
    key, _private = keys.current()
    shows = credential.shows_figures
    return {
        "code": credential.code,
        "named": credential.named or _("A learner"),
        "is_badge": credential.kind == CredentialKind.SKILL,
        "title": credential.title,
        "description": credential.description,
        "issued_at": credential.issued_at,
        "good_until": credential.good_until,
        "criteria": documents.criteria(CredentialKind(credential.kind)),
        "areas": credential.areas,
        "tasks": credential.tasks if shows else None,
        "score": round(credential.score) if shows and credential.score is not None else None,
        "engines": credential.engines if shows else [],
        "withdrawn_at": credential.status.withdrawn_at,
        "why": Withdrawal(credential.withdrawal).label if credential.withdrawal else "",
        "replaced_by": credential.replaced_by.code if credential.replaced_by else "",
        "pk": credential.pk,
        "address": documents.verify_address(credential),
        "public_key": multikey(bytes(key.public)),
        "issuer": documents.ISSUER_NAME,
    }
