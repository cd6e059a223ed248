"""Where a person is signed in, and ending that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.common import clock

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
            ("Safari/", "Safari"))  # fmt: skip
DEVICES = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
           ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"))  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """One place where a person is signed in."""

    id: int
    browser: str
    device: str
    address: str
    since: datetime
    last_page: datetime
    is_here: bool


def listen() -> None:
    """Called once, when the app is ready. A new password ends every session of the old one."""
    password_changed.connect(_password_is_new, dispatch_uid="sessions")
    password_reset.connect(_password_is_new, dispatch_uid="sessions")


def _password_is_new(*, user: User, **_: Any) -> None:
    _end(UserSession.objects.filter(user=user))


def signed_in(user: User, *, here: str | None) -> list[SignedIn]:
    """The person's living sessions, this one first. ``here`` is the key of this one. Reading
    this writes nothing; sessions that ran out are left out."""
    living = Session.objects.filter(
        pk__in=_own(user).values("session_key"), expire_date__gt=clock.now()
    )
    alive = dict(living.values_list("pk", "expire_date"))
    found = [
        _described(row, until=alive[row.session_key], here=here)
        for row in _own(user)
        if row.session_key in alive
    ]
    return sorted(found, key=lambda each: (not each.is_here, -each.last_page.timestamp()))


def _own(user: User) -> Any:
    return UserSession.objects.filter(user=user)


def _described(row: UserSession, *, until: datetime, here: str | None) -> SignedIn:
    return SignedIn(
        id=row.pk,
        browser=_first(BROWSERS, row.user_agent),
        device=_first(DEVICES, row.user_agent),
        address=row.ip,
        since=row.created_at,
        last_page=until - timedelta(seconds=settings.SESSION_COOKIE_AGE),
        is_here=row.session_key == here,
    )


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in names if sign in user_agent), "")


@transaction.atomic
def end_session(*, user: User, session: int) -> None:
    """Sign out in one other place. A session that has ended already is no error."""
    _end(_own(user).filter(pk=session))
    audit.record(audit.Action.SIGNED_OUT, actor=user, thing=user, elsewhere=True)


@transaction.atomic
def end_other_sessions(*, user: User, here: str | None) -> None:
    """Sign out everywhere but here."""
    _end(_own(user).exclude(session_key=here))
    audit.record(audit.Action.SIGNED_OUT, actor=user, thing=user, elsewhere=True)


def _end(rows: Any) -> None:
    Session.objects.filter(pk__in=list(rows.values_list("session_key", flat=True))).delete()
    rows.delete()
