"""Where a person can go: the links of the bar and of the account menu, for every template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from countersign.accounts.models import User
from countersign.organisations.permissions import Permission, permissions_of


class Place(NamedTuple):
    """A page that the menu offers to those who have the permission (None: to everyone)."""

    page: str
    icon: str
    label: str
    needs: Permission | None = None

    def open_to(self, permissions: frozenset[Permission]) -> bool:
        return self.needs is None or self.needs in permissions


MENU = (
    Place("learn_home", "book-open", gettext_noop("Your courses")),
    Place("skills", "target", gettext_noop("Your skills")),
    Place("certificates", "award", gettext_noop("Your certificates")),
    Place("announcements", "message-square-text", gettext_noop("Announcements"), Permission.STUDY),
    Place("teach_home", "library", gettext_noop("Teaching"), Permission.TEACH),
    Place("org_home", "chart-scatter", gettext_noop("Cohorts you oversee"), Permission.OVERSEE),
    Place("manage_home", "heart-pulse", gettext_noop("The site’s health"), Permission.OPERATE),
    Place("sharing", "share-2", gettext_noop("Sharing")),
    Place("settings", "settings", gettext_noop("Settings")),
)
BAR = (
    Place("learn_home", "book-open", gettext_noop("Learn")),
    Place("skills", "target", gettext_noop("Your skills")),
    Place("teach_home", "library", gettext_noop("Teaching"), Permission.TEACH),
    Place("org_home", "chart-scatter", gettext_noop("Cohorts"), Permission.OVERSEE),
    Place("manage_home", "heart-pulse", gettext_noop("Health"), Permission.OPERATE),
)
FIRST_PAGES = (
    (Permission.TEACH, "teach_home"),
    (Permission.OVERSEE, "org_home"),
    (Permission.STUDY, "learn_home"),
    (Permission.OPERATE, "manage_home"),
)


def first_page(user: User) -> str:
    """The address a person lands on after signing in."""
    permissions = permissions_of(user)
    pages = (page for needs, page in FIRST_PAGES if needs in permissions)
    return reverse(next(pages, "learn_home"))


def for_templates(request: HttpRequest) -> dict[str, object]:
    """Context processor. Nothing is asked of the database until a template shows the menu."""
    return {
        "account_links": SimpleLazyObject(lambda: list(_links(request, MENU))),
        "places": SimpleLazyObject(lambda: list(_links(request, BAR))),
    }


def _links(request: HttpRequest, places: Iterable[Place]) -> Iterator[dict[str, object]]:
    if not isinstance(request.user, User):
        return
    permissions = _permissions(request)
    for place in places:
        if place.open_to(permissions):
            href = reverse(place.page)
            here = request.path == href
            yield {"href": href, "icon": place.icon, "label": _(place.label), "here": here}


def _permissions(request: HttpRequest) -> frozenset[Permission]:
    """Asked once a request: both lists need it."""
    if not hasattr(request, "permissions"):
        request.permissions = permissions_of(request.user)  # type: ignore[attr-defined,arg-type]
    found: frozenset[Permission] = request.permissions  # type: ignore[attr-defined]
    return found
