"""Bring exercises in as a zip, and take them away as one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from countersign.authoring.archive import LARGEST_ZIP
from countersign.authoring.limits import Unkeepable
from countersign.authoring.services.carrying import carried_in, carried_out
from countersign.authoring.services.carrying_courses import course_in, holds_a_course
from countersign.web.access import Door, door, person
from countersign.web.staff import page
from countersign.web.teach.authoring.finding import (
    chosen_organisation,
    manuscript_of,
    taught_organisations,
)
from grader.authored.problems import AuthorProblem


@door(Door.TEACH)
@require_http_methods(["GET", "HEAD", "POST"])
def author_import(request: HttpRequest) -> HttpResponse:
    """A zip with a course, or one exercise or many. All of it is taken in, or nothing."""
    if request.method != "POST":
        return _show(request)
    organisation, actor = chosen_organisation(request), person(request)
    try:
        content = _content(request)
        if holds_a_course(content):
            course = course_in(organisation=organisation, content=content, actor=actor)
            return _show(request, course=course)
        arrivals = carried_in(organisation=organisation, content=content, actor=actor)
    except Unkeepable as refusal:
        return _show(request, refusal=refusal, status=422)
    return _show(request, arrivals=arrivals)


def _content(request: HttpRequest) -> bytes:
    sent = request.FILES.get("zip")
    if sent is None:
        raise Unkeepable(
            [AuthorProblem(file="", message=_("No file was chosen."), remedy=_("Choose a zip."))]
        )
    return bytes(sent.read(LARGEST_ZIP + 1))


def _show(request: HttpRequest, *, status: int = 200, **context: object) -> HttpResponse:
    return page(
        request,
        "author/import.html",
        door=Door.TEACH,
        status=status,
        organisations=taught_organisations(request),
        **context,
    )


@door(Door.TEACH)
@require_safe
def author_export(request: HttpRequest, manuscript_id: UUID) -> HttpResponseBase:
    """The folder as it stands, in a zip."""
    manuscript = manuscript_of(request, manuscript_id)
    content = carried_out([manuscript], actor=person(request))
    return as_file(content, name=manuscript.slug)


def as_file(content: bytes, *, name: str) -> HttpResponse:
    """A zip to keep. ``name`` is made of letters, digits and hyphens."""
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
