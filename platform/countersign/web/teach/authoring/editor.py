"""The page on which an exercise is written: parts, the part itself, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from countersign.authoring.limits import Unkeepable
from countersign.authoring.models import Manuscript, Revision
from countersign.authoring.parts import ABOUT, KEYS, Part, part_of
from countersign.authoring.services.checking import newest_checking
from countersign.authoring.services.writing import (
    Saving,
    add_file,
    newest,
    remove_file,
    save,
    text_aside,
)
from countersign.authoring.slices import line_of_slice
from countersign.exercises.kinds import FACES
from countersign.exercises.kinds.face import typed
from countersign.web.access import Door, door, person
from countersign.web.learn.frame import frame
from countersign.web.learn.result import clock_time
from countersign.web.teach.authoring.checks import checks_context
from countersign.web.teach.authoring.fields import fields_of, texts_of
from countersign.web.teach.authoring.finding import manuscript_of
from countersign.web.teach.authoring.history import history_context
from countersign.web.teach.authoring.reading import part_states, read

SIDES = ("preview", "checks", "versions")
FIELD = "text:"
LANGUAGES = {".py": "python", ".yaml": "yaml", ".md": "markdown"}


@door(Door.TEACH)
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
@require_safe
def author_edit(request: HttpRequest, manuscript_id: UUID) -> HttpResponseBase:
    """One part of the exercise in the middle, preview or checks beside it."""
    manuscript = manuscript_of(request, manuscript_id)
    return editor(request, manuscript)


def editor(
    request: HttpRequest,
    manuscript: Manuscript,
    *,
    unkept: Unkeepable | None = None,
    typed_texts: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The whole page; with what was typed where it could not be kept."""
    head = newest(manuscript)
    part = part_of(manuscript.kind, request.GET.get("part", ""))
    side = request.GET.get("side", "")
    side = side if side in SIDES else SIDES[0]
    context = {
        **frame(),
        **_shared(manuscript, head),
        "part": part,
        "side": side,
        "base": part.base(head.files),
        "fields": None if typed_texts else fields_of(part, head.files),
        "texts": _texts(part, typed_texts or part.texts(head.files), head.files),
        "about_line": line_of_slice(head.files.get(ABOUT, ""), part.keys),
        "tabs": _tabs(manuscript, part, side),
        "aside": text_aside(manuscript, of=person(request)),
        "unkept": unkept,
        "saved_at": clock_time(head.saved_at),
        **_beside(request, manuscript, head, part, side),
    }
    return render(request, "author/edit.html", context, status=422 if unkept else 200)


def _shared(manuscript: Manuscript, head: Revision) -> dict[str, Any]:
    now = read(manuscript.kind, head.files)
    checking = newest_checking(manuscript, head)
    checks = checks_context(manuscript, head, checking, now)
    return {
        "crumbs": [{"href": reverse("author_list"), "label": _("Written here")}],
        "manuscript": manuscript,
        "head": head,
        "face": FACES.get(manuscript.kind),
        "read": now,
        "states": part_states(manuscript.kind, head.files, checks["findings"]),
        **checks,
    }


def _beside(
    request: HttpRequest, manuscript: Manuscript, head: Revision, part: Part, side: str
) -> dict[str, Any]:
    if side == "versions":
        return history_context(request, manuscript)
    if side == "preview":
        return preview_links(request, manuscript, part)
    return {}


def preview_links(request: HttpRequest, manuscript: Manuscript, part: Part) -> dict[str, Any]:
    """How the preview is shown, and the links that change it: they work without scripts."""
    ways = {
        "when": ("first", "after"),
        "width": ("desktop", "phone"),
        "theme": ("", "light", "dark"),
    }
    chosen = {
        name: said if (said := request.GET.get(name, "")) in values else values[0]
        for name, values in ways.items()
    }
    labels = {
        "first": _("First visit"),
        "after": _("After submitting"),
        "desktop": _("Desktop"),
        "phone": _("Phone"),
        "": _("As mine"),
        "light": _("Light"),
        "dark": _("Dark"),
    }
    names = {"when": _("When"), "width": _("Screen"), "theme": _("Colours")}
    here = {"part": part.id, **chosen}
    return {
        "preview": chosen,
        "ways": [
            {
                "label": names[name],
                "links": [
                    {
                        "href": f"?{_query({**here, name: value})}",
                        "label": labels[value],
                        "here": chosen[name] == value,
                    }
                    for value in values
                ],
            }
            for name, values in ways.items()
        ],
        "preview_url": reverse("author_preview", args=[manuscript.pk])
        + f"?{_query({'when': chosen['when'], 'theme': chosen['theme']})}",
        "here_query": _query(here),
    }


def _query(values: Mapping[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in values.items() if value)


def _texts(part: Part, texts: Mapping[str, str], files: Mapping[str, str]) -> list[dict[str, Any]]:
    """The editor's tabs: the part's lines of exercise.yaml first, then its files."""
    return [
        {
            "field": f"{FIELD}{name}",
            "name": ABOUT if name == KEYS else name,
            "text": text,
            "language": _language(ABOUT if name == KEYS else name),
            "removable": name != KEYS and name in files and name not in part.files,
        }
        for name, text in texts.items()
    ]


def _language(path: str) -> str:
    return LANGUAGES.get(PurePosixPath(path).suffix, "text")


def _tabs(manuscript: Manuscript, part: Part, side: str) -> list[dict[str, Any]]:
    labels = (_("Preview"), _("Checks"), _("Versions"))
    return [
        {"href": f"?part={part.id}&side={name}", "label": label, "here": side == name, "id": name}
        for name, label in zip(SIDES, labels, strict=True)
    ]


@door(Door.TEACH)
@require_POST
def author_save(request: HttpRequest, manuscript_id: UUID) -> HttpResponseBase:
    """Keep a part as it is typed. A script is answered in JSON: 200 ``{revision}``, 409 with the
    words of the choice, 422 with why nothing was kept."""
    manuscript = manuscript_of(request, manuscript_id)
    part = part_of(manuscript.kind, request.GET.get("part", ""))
    texts = _posted(manuscript, part, request)
    try:
        saving = save(
            manuscript=manuscript,
            part=part,
            texts=texts,
            base=request.POST.get("revision", ""),
            actor=person(request),
        )
    except Unkeepable as refusal:
        if _wants_json(request):
            return JsonResponse({"words": str(refusal)}, status=422)
        return editor(request, manuscript, unkept=refusal, typed_texts=texts)
    return _saved(request, manuscript, part, saving)


def _posted(manuscript: Manuscript, part: Part, request: HttpRequest) -> dict[str, str]:
    files = newest(manuscript).files
    if "as-fields" in request.POST and part.form:
        return texts_of(part, files, request.POST)
    return {
        name.removeprefix(FIELD): typed(text)
        for name, text in request.POST.items()
        if name.startswith(FIELD) and isinstance(text, str)
    }


def _saved(
    request: HttpRequest, manuscript: Manuscript, part: Part, saving: Saving
) -> HttpResponseBase:
    base = part.base(saving.newest.files)
    if not _wants_json(request):
        if saving.aside is None:
            messages.success(request, _("Saved."))
        return redirect(f"{reverse('author_edit', args=[manuscript.pk])}?part={part.id}")
    if saving.aside is None:
        return JsonResponse({"revision": base, "saved_at": clock_time(saving.newest.saved_at)})
    words = _("%(name)s saved this part at %(time)s. Your text is kept beside it.") % {
        "name": saving.newest.by or _("Somebody"),
        "time": clock_time(saving.newest.saved_at),
    }
    return JsonResponse({"revision": base, "words": words}, status=409)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


@door(Door.TEACH)
@require_POST
def author_file(request: HttpRequest, manuscript_id: UUID) -> HttpResponse:
    """Add a file to a part, or take one out."""
    manuscript = manuscript_of(request, manuscript_id)
    part = part_of(manuscript.kind, request.GET.get("part", ""))
    path = request.POST.get("path", "").strip().strip("/")
    if "/" not in path and len(part.folders) == 1 and path not in part.files and not part.whole:
        path = f"{part.folders[0]}/{path}"
    try:
        if "remove" in request.POST:
            remove_file(manuscript=manuscript, path=path, actor=person(request))
            messages.success(
                request, _("%(file)s is out. Older versions still have it.") % {"file": path}
            )
        else:
            add_file(manuscript=manuscript, path=path, actor=person(request))
    except Unkeepable as refusal:
        return editor(request, manuscript, unkept=refusal)
    return redirect(f"{reverse('author_edit', args=[manuscript.pk])}?part={part.id}")
