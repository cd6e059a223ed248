"""The theme follows the account: it is a cookie, so that the first paint is already right."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from countersign.accounts.models import Theme

YEAR = 365 * 24 * 60 * 60


def show_theme(response: HttpResponse, theme: str) -> HttpResponse:
    """Have this browser show the theme. Scripts may read the cookie: the button changes it."""
    if theme == Theme.SYSTEM:
        response.delete_cookie("theme", samesite="Lax")
    else:
        response.set_cookie(
            "theme", theme, max_age=YEAR, samesite="Lax", secure=settings.HTTPS, httponly=False
        )
    return response
