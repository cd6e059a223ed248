"""What is shown when a page can't be. Named in urls.py and settings.py; none of these is a view.

``server_error`` asks nothing of the database, the session or the person: any of them may be
what broke.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from uuid import uuid4

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _

from countersign.web.access import Door, Refused
from countersign.web.nearest import nearest

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: open too long, or sent by another site."""
    return _page("403_csrf.html", status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says what the page is, who it is for, and whom to ask. The words name no organisation."""
    which = exception.door if isinstance(exception, Refused) else None
    return _page("403.html", {"words": _words(which)}, status=403)


def _words(which: Door | None) -> str:
    match which:
        case Door.TEACH:
            return _(
                "This page is for instructors. The owner of your organisation gives that role."
            )
        case Door.OVERSEE:
            return _("This page is for employers who oversee a cohort. Ask who runs your cohort.")
        case Door.OPERATE:
            return _("This page is for the people who run this site.")
        case _:
            return _("It belongs to someone else, or your role doesn’t include it.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("404.html", {"nearest": nearest(request.path)}, status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Called by allauth when one address or account asks too often."""
    return _page("429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault, with a reference that the log holds too. 503 while the database is away."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _page("503.html", status=503)
        response["Retry-After"] = "30"
        return response
    reference = uuid4().hex[:8].upper()
    log.error("reference %s: %s %s", reference, request.method, request.path)
    return _page("500.html", {"reference": reference}, status=500)


def _page(name: str, values: Mapping[str, object] | None = None, *, status: int) -> HttpResponse:
    page = loader.render_to_string(name, {**(values or {})})
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    return response
