"""What an employer aims at: a level for each competency, with an example of work at that level."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from countersign.insights import services as insights
from countersign.insights.models import targets_of
from countersign.insights.targets import TEMPLATES, Level, Role, Targets
from countersign.web.access import Door, door, person
from countersign.web.org.frame import overseen_cohort
from countersign.web.org.levels import EXAMPLES, LEVELS, ROLES
from countersign.web.staff import page


class Lines(forms.Form):
    """The two lines of the oversight chart."""

    found = forms.IntegerField(
        label=gettext_lazy("Errors found, at least (%)"), min_value=1, max_value=100
    )
    false_alarms = forms.IntegerField(
        label=gettext_lazy("False alarms, at most (%)"), min_value=0, max_value=99
    )


@door(Door.OVERSEE)
@require_http_methods(["GET", "HEAD", "POST"])
def org_targets(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Read and set the targets. ``?role=`` fills the form from a template, nothing is saved."""
    cohort = overseen_cohort(request, cohort_id)
    chosen = targets_of(cohort)
    titles = insights.competency_titles()
    shown, lines = _asked_for(request, chosen), None
    if request.method == "POST":
        lines = Lines(request.POST)
        levels = _levels(request, titles)
        if lines.is_valid() and levels is not None:
            insights.set_targets(cohort, _targets(lines, levels), actor=person(request))
            messages.success(request, _("Targets saved. Every page shows them from now on."))
            return redirect("org_targets", cohort.pk)
    return page(
        request,
        "org/targets.html",
        door=Door.OVERSEE,
        status=422 if lines is not None else 200,
        cohort=cohort,
        now=ROLES[chosen.role],
        roles=[_role(role, shown) for role in TEMPLATES],
        skills=[_skill(title, shown) for title in titles],
        lines=_fields(lines, shown),
        refused=lines is not None,
        is_draft=shown != chosen,
    )


def _asked_for(request: HttpRequest, chosen: Targets) -> Targets:
    asked = request.GET.get("role", "")
    known = {role.value: targets for role, targets in TEMPLATES.items()}
    return known.get(asked, chosen)


def _role(role: Role, shown: Targets) -> dict[str, Any]:
    return {"value": role.value, "label": ROLES[role], "here": shown.role is role}


def _skill(title: str, shown: Targets) -> dict[str, Any]:
    target = shown.of(title)
    nearest = min(Level, key=lambda level: abs(level - target))
    return {
        "title": title,
        "name": _name(title),
        "options": [
            {
                "value": int(level),
                "label": f"{LEVELS[level]} ({int(level)})",
                "hint": EXAMPLES.get((title, level), ""),
                "checked": level is nearest,
            }
            for level in Level
        ],
    }


def _name(title: str) -> str:
    return "level-" + title.lower().replace(" ", "-")


def _levels(request: HttpRequest, titles: list[str]) -> dict[str, int] | None:
    """The chosen level of each competency; None if one isn't a level."""
    known = {str(int(level)): int(level) for level in Level}
    asked = {title: known.get(request.POST.get(_name(title), "")) for title in titles}
    levels = {title: level for title, level in asked.items() if level is not None}
    return levels if len(levels) == len(titles) else None


def _targets(lines: Lines, levels: dict[str, int]) -> Targets:
    """With the role whose template these are, if any."""
    own = Targets(role=Role.OWN, skills=levels, **lines.cleaned_data)
    for role, template in TEMPLATES.items():
        if own == Targets(**{**own.as_json(), **template.as_json(), "role": Role.OWN}):
            return Targets(**{**own.as_json(), "role": role})
    return own


def _fields(lines: Lines | None, shown: Targets) -> list[dict[str, Any]]:
    values = {"found": shown.found, "false_alarms": shown.false_alarms}
    return [
        {
            "name": name,
            "label": field.label,
            "value": lines.data.get(name, "") if lines else values[name],
            "error": " ".join(str(each) for each in lines.errors.get(name, ())) if lines else "",
        }
        for name, field in Lines.base_fields.items()
    ]
