"""Every page says who may open it; a test refuses a page that doesn't.

A door is about roles. Which things of which organisation a person may see is decided by
``visible_to(user)`` queries: somebody else's thing is a 404, as if it weren't there.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
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
    """Declare a view's door. What a signed-in person is shown is never kept by caches, and a
    visitor's page (it holds the token of their forms) by none but their own browser's."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if which is not Door.PUBLIC:
                if not request.user.is_authenticated:
                    return _sign_in_first(request)
                _refuse_strangers(request, which)
            response = view(request, *args, **kwargs)
            return _kept_by(response, nobody=request.user.is_authenticated)

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


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Reading goes on after signing in. Sending can't: what was typed is kept by the browser, so
    the person signs in and comes back to the page they sent from."""
    if request.headers.get("HX-Request") == "true":
        here = urlsplit(request.headers.get("HX-Current-URL", ""))
        response = HttpResponse(status=204)
        response["HX-Redirect"] = redirect_to_login(here.path or "/").url
        return response
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    came_from = urlsplit(request.headers.get("Referer", "")).path or "/"
    context = {"sign_in": redirect_to_login(came_from).url}
    return render(request, "signed_out.html", context, status=401)


def _kept_by(response: HttpResponseBase, *, nobody: bool) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        if nobody:
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True)
        elif "Cache-Control" not in response:
            patch_cache_control(response, private=True, max_age=0)
    return response


def person(request: HttpRequest) -> User:
    """The signed-in person of a view behind a door."""
    user = request.user
    assert isinstance(user, User)
    return user
