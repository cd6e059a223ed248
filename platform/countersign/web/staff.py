"""The frame of the pages of instructors, employers and operators: sections and role."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from countersign.accounts.models import User
from countersign.cohorts.models import Cohort
from countersign.web.access import Door, person

MOST_COHORTS = 10

Place = dict[str, Any]
Section = dict[str, Any]


def page(
    request: HttpRequest, template: str, *, door: Door, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page in the app shell, with the sections of this door's audience."""
    user = person(request)
    frame = {
        "sections": SECTIONS[door](user, request.path),
        "role_name": _role_name(door),
    }
    return render(request, template, frame | context, status=status)


def _place(path: str, name: str, icon: str, label: str, *args: object) -> Place:
    href = reverse(name, args=args)
    return {"href": href, "icon": icon, "label": label, "here": href == path}


def _teaching(user: User, path: str) -> list[Section]:
    first = [
        _place(path, "teach_home", "list-checks", _("What needs you")),
        _place(path, "teach_exercises", "file-code", _("Exercises")),
    ]
    cohorts = [
        _place(path, "teach_cohort", "users", cohort.name, cohort.pk)
        for cohort in _first(Cohort.objects.visible_to(user).taught_by(user))
    ]
    return _sections((_("Teaching"), "", first), (_("Cohorts"), _("Cohorts"), cohorts))


def _employer(user: User, path: str) -> list[Section]:
    first = [_place(path, "org_home", "layers", _("Cohorts"))]
    cohorts = [
        _place(path, "org_overview", "layout-dashboard", cohort.name, cohort.pk)
        for cohort in _first(Cohort.objects.visible_to(user).overseen_by(user))
    ]
    return _sections((_("Employer"), "", first), (_("Cohorts"), _("Overview of"), cohorts))


def _operating(user: User, path: str) -> list[Section]:
    places = [
        _place(path, "manage_home", "heart-pulse", _("Health")),
        _place(path, "manage_runs", "rotate-ccw", _("Runs set aside")),
        _place(path, "manage_people", "users", _("People")),
        _place(path, "manage_orgs", "layers", _("Organisations")),
        _place(path, "manage_audit", "history", _("Audit log")),
    ]
    return _sections((_("Operating"), "", places))


SECTIONS = {Door.TEACH: _teaching, Door.OVERSEE: _employer, Door.OPERATE: _operating}


def _first(cohorts: Any) -> list[Cohort]:
    return list(cohorts.order_by("name")[:MOST_COHORTS])


def _sections(*sections: tuple[str, str, list[Place]]) -> list[Section]:
    return [
        {"label": label, "heading": heading, "places": places}
        for label, heading, places in sections
        if places
    ]


def _role_name(door: Door) -> str:
    names = {
        Door.TEACH: _("Instructor"),
        Door.OVERSEE: _("Employer"),
        Door.OPERATE: _("Operator"),
    }
    return names[door]
