"""The versions of a manuscript: look at the difference, take one back, copy one, choose between
two texts that met."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from countersign.authoring.models import Manuscript, Revision
from countersign.authoring.services import writing
from countersign.web.access import Door, door, person
from countersign.web.learn.compare import Sheet, side_by_side
from countersign.web.staff import page
from countersign.web.teach.authoring.finding import manuscript_of, revision_of

PAGE_SIZE = 30


def history_context(request: HttpRequest, manuscript: Manuscript) -> dict[str, Any]:
    """The versions, newest first."""
    rows = manuscript.revisions.filter(aside=False).select_related("by", "published").defer("files")
    return {"versions": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))}


@door(Door.TEACH)
@require_safe
def author_compare(
    request: HttpRequest, manuscript_id: UUID, first: int, second: int
) -> HttpResponse:
    """Two versions side by side, file by file; files that are the same are only named."""
    manuscript = manuscript_of(request, manuscript_id)
    left, right = revision_of(manuscript, first), revision_of(manuscript, second)
    return _compared(request, manuscript, left, right)


@door(Door.TEACH)
@require_safe
def author_aside(request: HttpRequest, manuscript_id: UUID) -> HttpResponse:
    """What stands there now beside one's own text that came too late."""
    manuscript = manuscript_of(request, manuscript_id)
    mine = writing.text_aside(manuscript, of=person(request))
    if mine is None:
        raise Http404
    return _compared(request, manuscript, writing.newest(manuscript), mine)


def _compared(
    request: HttpRequest, manuscript: Manuscript, left: Revision, right: Revision
) -> HttpResponse:
    sheets = _sheets(left, right)
    return page(
        request,
        "author/compare.html",
        door=Door.TEACH,
        manuscript=manuscript,
        left=left,
        right=right,
        changed=[sheet for sheet in sheets if not sheet.same],
        same=[sheet.name for sheet in sheets if sheet.same],
    )


def _sheets(left: Revision, right: Revision) -> list[Sheet]:
    names = sorted({*left.files, *right.files})
    return [
        Sheet(
            name=name,
            rows=tuple(side_by_side(left.files.get(name, ""), right.files.get(name, ""))),
        )
        for name in names
    ]


@door(Door.TEACH)
@require_POST
def author_restore(request: HttpRequest, manuscript_id: UUID, number: int) -> HttpResponse:
    """An older version becomes the newest."""
    manuscript = manuscript_of(request, manuscript_id)
    writing.restore(revision=revision_of(manuscript, number), actor=person(request))
    messages.success(
        request, _("Version %(n)s stands again. What was there is kept.") % {"n": number}
    )
    return redirect(f"{reverse('author_edit', args=[manuscript.pk])}?side=versions")


@door(Door.TEACH)
@require_POST
def author_duplicate(request: HttpRequest, manuscript_id: UUID) -> HttpResponse:
    """An exercise of its own with the same texts."""
    manuscript = manuscript_of(request, manuscript_id)
    made = writing.duplicate(revision=writing.newest(manuscript), actor=person(request))
    messages.success(request, _("This is the copy. It is an exercise of its own."))
    return redirect("author_edit", made.pk)


@door(Door.TEACH)
@require_POST
def author_choose(request: HttpRequest, manuscript_id: UUID) -> HttpResponse:
    """Of two texts that met, take one. The other stays in the history, or is given up."""
    manuscript = manuscript_of(request, manuscript_id)
    mine = writing.text_aside(manuscript, of=person(request))
    if mine is None:
        raise Http404
    if request.POST.get("keep") == "mine":
        writing.take_up(aside=mine, actor=person(request))
        messages.success(request, _("Your text stands now. The other one is among the versions."))
    else:
        writing.leave(aside=mine)
        messages.success(request, _("The other text stands."))
    return redirect("author_edit", manuscript.pk)
