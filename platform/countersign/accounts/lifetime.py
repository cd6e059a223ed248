"""A session ends some hours after its last page, and in any case after its whole life."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from countersign.accounts.models import User
from countersign.common import clock

LIFE = timedelta(days=7)
LIFE_OF_AN_OPERATOR = timedelta(hours=12)
BEGAN = "signed_in_at"


def begin(request: HttpRequest) -> None:
    """Called at sign-in: from here on the session's life counts."""
    request.session[BEGAN] = clock.now().timestamp()


class SessionLifetime:
    """Middleware, after the one that knows the person: signs out whose session is too old."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = request.session.get(BEGAN)
        if began is not None and _is_over(request, began):
            logout(request)
        return self.get_response(request)


def _is_over(request: HttpRequest, began: float) -> bool:
    user = request.user
    if not isinstance(user, User):
        return False
    life = LIFE_OF_AN_OPERATOR if user.is_operator else LIFE
    return clock.now().timestamp() - began > life.total_seconds()
