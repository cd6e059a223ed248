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
    within = bool(args) and path.startswith(href)
    return {"href": href, "icon": icon, "label": label, "here": href == path, "within": within}


def _teaching(user: User, path: str) -> list[Section]:
    first = [
        _place(path, "teach_home", "list-checks", _("What needs you")),
        _place(path, "teach_exercises", "file-code", _("Exercises")),
        _place(path, "teach_marking", "scale", _("Memos to mark")),
        _place(path, "teach_comments", "message-square-text", _("Comment library")),
        _place(path, "teach_items", "chart-scatter", _("Items")),
        _place(path, "author_list", "pencil", _("Written here")),
        _place(path, "plan_list", "library", _("Courses of your own")),
        _place(path, "teach_coach", "lightbulb", _("The coach")),
        _place(path, "teach_suspected", "flag", _("Extra finds")),
        _place(path, "teach_regrades", "refresh-cw", _("Regrades")),
    ]
    cohorts = _cohorts(
        Cohort.objects.visible_to(user).taught_by(user), path, page="teach_cohort", icon="users"
    )
    if len(cohorts) > MOST_COHORTS:
        cohorts = [*_nearest(cohorts), _all(path, "teach_home", len(cohorts))]
    return _sections((_("Teaching"), "", first), (_("Cohorts"), _("Cohorts"), cohorts))


def _employer(user: User, path: str) -> list[Section]:
    first = [_place(path, "org_home", "layers", _("Cohorts"))]
    cohorts = _cohorts(
        Cohort.objects.visible_to(user).overseen_by(user),
        path,
        page="org_overview",
        icon="layout-dashboard",
    )
    if len(cohorts) > MOST_COHORTS:
        cohorts = [*_nearest(cohorts), _all(path, "org_home", len(cohorts))]
    open_one = next((place for place in cohorts if place["within"] or place["here"]), None)
    pages = _of_cohort(path, open_one["href"].rstrip("/").rpartition("/")[2]) if open_one else []
    return _sections(
        (_("Cohort"), open_one["label"] if open_one else "", pages),
        (_("Employer"), "", first),
        (_("Cohorts"), _("Overview of"), cohorts),
    )


def _of_cohort(path: str, cohort: str) -> list[Place]:
    """The pages of the cohort that is open."""
    first = _place(path, "org_overview", "layout-dashboard", _("Overview"), cohort)
    return [
        {**first, "within": False},
        _place(path, "org_people", "users", _("People"), cohort),
        _place(path, "org_skills", "grid-3x3", _("Skills"), cohort),
        _place(path, "org_oversight", "scan-search", _("Oversight"), cohort),
        _place(path, "org_targets", "target", _("Targets"), cohort),
        _place(path, "org_reports", "file-text", _("Reports"), cohort),
    ]


def _operating(user: User, path: str) -> list[Section]:
    places = [
        _place(path, "manage_home", "heart-pulse", _("Health")),
        _place(path, "manage_runs", "rotate-ccw", _("Runs set aside")),
        _place(path, "manage_people", "users", _("People")),
        _place(path, "manage_orgs", "layers", _("Organisations")),
        _place(path, "manage_models", "sparkles", _("Language models")),
        _place(path, "manage_audit", "history", _("Audit log")),
    ]
    return _sections((_("Operating"), "", places))


SECTIONS = {Door.TEACH: _teaching, Door.OVERSEE: _employer, Door.OPERATE: _operating}


def _cohorts(found: Any, path: str, *, page: str, icon: str) -> list[Place]:
    """All of them, the newest first."""
    newest_first = found.order_by("-starts_on", "name").values_list("name", "pk")
    return [_place(path, page, icon, name, pk) for name, pk in newest_first]


def _nearest(places: list[Place]) -> list[Place]:
    """The first few, and the one that is open if it isn't among them."""
    first, rest = places[:MOST_COHORTS], places[MOST_COHORTS:]
    return [*first, *(place for place in rest if place["here"] or place["within"])]


def _all(path: str, page: str, many: int) -> Place:
    place = _place(path, page, "layers", _("All %(n)s cohorts") % {"n": many})
    return {**place, "here": False}


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
