"""Small files that machines look for."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from countersign.common import clock
from countersign.web.access import Door, door

PRIVATE = ("/learn/", "/me/", "/teach/", "/org/", "/manage/", "/join/", "/password/", "/api/")


@require_safe
@door(Door.PUBLIC)
def robots(request: HttpRequest) -> HttpResponse:
    """The public pages may be found; what lies behind a door, and invitations, may not."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@door(Door.PUBLIC)
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell about a weakness. Absent while no address is set."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    expires = (clock.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        "Preferred-Languages: en",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@door(Door.PUBLIC)
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("mark.svg"))
