"""A browser in which somebody has signed in before has tries of its own.

Tries are counted by account, so anyone could use them up and keep the owner out. The owner's own
browser is counted apart: a signed cookie says who has signed in here before.
"""

from __future__ import annotations

from secrets import token_hex

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from countersign.accounts.models import digest

COOKIE = "__Host-known" if settings.HTTPS else "known"
SALT = "known browser"
AGE = 180 * 24 * 60 * 60
MOST_ACCOUNTS = 5


def counted_as(request: HttpRequest, email: str) -> str:
    """Under which name a try for this account is counted."""
    account = email.strip().lower()
    browser, accounts = _read(request)
    return f"{browser}:{account}" if digest(account) in accounts else account


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Note that this account's owner uses this browser."""
    browser, accounts = _read(request)
    own = digest(email.strip().lower())
    kept = [own, *(each for each in accounts if each != own)][:MOST_ACCOUNTS]
    value = signing.dumps({"browser": browser or token_hex(8), "accounts": kept}, salt=SALT)
    response.set_cookie(
        COOKIE, value, max_age=AGE, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return "", []
    return found["browser"], found["accounts"]
