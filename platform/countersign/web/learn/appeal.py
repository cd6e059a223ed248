"""“I did say this”: tell the instructor that a rule misread one's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _

from countersign.coaching import appeals
from countersign.coaching.models import Appeal
from countersign.common.text import clean_json
from countersign.grading.services.following import revealed
from countersign.web.learn.desk import Desk
from countersign.web.learn.result import counting_result


def appeals_of(desk: Desk) -> dict[str, Appeal]:
    """The appeals about the newest result, by decision."""
    if desk.newest is None or desk.learner is None:
        return {}
    found = Appeal.objects.visible_to(desk.learner).filter(result__submission=desk.newest)
    return {each.decision: each for each in found}


def make(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Keep the appeal and say what happens next."""
    result = counting_result(desk.newest) if desk.newest else None
    decision = _decision(revealed(result), request.POST.get("decision", "")) if result else None
    if result is None or decision is None or desk.learner is None:
        messages.error(request, _("Choose the rule that was misread. Nothing was sent."))
    else:
        says = str(clean_json({"says": request.POST.get("says", "")})["says"])
        appeals.appeal(
            result,
            decision=decision["id"],
            about=decision["about"],
            says=says,
            actor=desk.learner,
        )
        messages.success(
            request,
            _("Your instructor will read it. Until then the result stands as it is."),
        )
    return HttpResponseRedirect(f"{desk.urls.exercise}#result-heading")


def _decision(found: Mapping[str, Any], wanted: str) -> Mapping[str, Any] | None:
    return next((each for each in found.get("decisions", ()) if each["id"] == wanted), None)
