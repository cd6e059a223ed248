"""Every page says who may open it; a test refuses a page that doesn't.

A door is about roles. Which things of which organisation a person may see is decided by
``visible_to(user)`` queries: somebody else's thing is a 404, as if it weren't there.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers, patch_cache_control

from countersign import audit
from countersign.accounts.models import User
from countersign.organisations.permissions import Permission, can, organisation_ids

View = Callable[..., HttpResponseBase]


class Door(StrEnum):
    """Who may open a page."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    TEACH = "teach"
    OVERSEE = "oversee"
    OPERATE = "operate"


NEEDS = {
    Door.TEACH: Permission.TEACH,
    Door.OVERSEE: Permission.OVERSEE,
    Door.OPERATE: Permission.OPERATE,
}


class Refused(PermissionDenied):
    """The person is known and may not open this. ``door`` lets the page say whom to ask."""

    def __init__(self, door: Door) -> None:
        super().__init__(door.value)
        self.door = door


def door(which: Door) -> Callable[[View], View]:
    """Declare a view's door. Pages behind a door are never kept by caches."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if which is Door.PUBLIC:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            _refuse_strangers(request, which)
            return _uncached(view(request, *args, **kwargs))

        guarded.door = which  # type: ignore[attr-defined]
        return guarded

    return declare


def _refuse_strangers(request: HttpRequest, which: Door) -> None:
    permission = NEEDS.get(which)
    if permission is None or _has(person(request), permission):
        return
    audit.record(audit.Action.ACCESS_REFUSED, actor=request.user, page=request.path[:200])
    raise Refused(which)


def _has(user: User, permission: Permission) -> bool:
    if permission is Permission.OPERATE:
        return can(user, permission)
    return bool(organisation_ids(user, permission))


def _uncached(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        add_never_cache_headers(response)
        patch_cache_control(response, no_store=True)
    return response


def person(request: HttpRequest) -> User:
    """The signed-in person of a view behind a door."""
    user = request.user
    assert isinstance(user, User)
    return user
