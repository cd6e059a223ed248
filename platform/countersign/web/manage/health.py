"""Is anything broken: one line for each part, and trials of those that are costly to try."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from countersign.operations import trials
from countersign.operations.models import Trial
from countersign.operations.state import state
from countersign.web.access import Door, door, person
from countersign.web.staff import page


@door(Door.OPERATE)
@require_safe
def manage_home(request: HttpRequest) -> HttpResponse:
    """How each part is, in words, and when it last went well."""
    return page(request, "manage/home.html", door=Door.OPERATE, state=state())


@door(Door.OPERATE)
@require_POST
def manage_try_sandbox(request: HttpRequest) -> HttpResponse:
    """Try to break out of a sandbox here. Takes some seconds."""
    return _said(request, trials.try_sandbox(actor=person(request)))


@door(Door.OPERATE)
@require_POST
def manage_try_mail(request: HttpRequest) -> HttpResponse:
    """Send a test mail to oneself."""
    return _said(request, trials.try_mail(actor=person(request)))


def _said(request: HttpRequest, trial: Trial) -> HttpResponse:
    tell = messages.success if trial.went_well else messages.error
    tell(request, trial.says)
    return redirect("manage_home")
