"""The checks of a draft beside its text: what is proven, what is to be put right, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from countersign.authoring.models import Checking, Manuscript, Revision
from countersign.authoring.parts import home_of, part_of
from countersign.authoring.services import checking as checks
from countersign.authoring.services.publishing import NotProven, publish
from countersign.authoring.services.skeletons import Unfit, write_skeleton
from countersign.authoring.services.writing import newest
from countersign.exercises.services import BelongsElsewhere
from countersign.web.access import Door, door, person
from countersign.web.learn.result import clock_time
from countersign.web.staff import page
from countersign.web.teach.authoring.finding import manuscript_of
from countersign.web.teach.authoring.reading import Finding, Read, finding, read

STOP_POLLING = 286

TITLES: Mapping[str, Promise] = {
    "reading": gettext_lazy("Every file can be read"),
    "skills": gettext_lazy("Its skills are known"),
    "readable": gettext_lazy("The brief is easy to read"),
    "kind-words": gettext_lazy("Its words are kind"),
    "leaks": gettext_lazy("Nothing hidden is given away"),
    "answers": gettext_lazy("There are good and bad answers"),
    "proof": gettext_lazy("It proves what its kind has to prove"),
    "answer": gettext_lazy("Good answers pass, bad ones don’t and get a word"),
    "steady": gettext_lazy("The same result every time, and soon"),
    "matrix": gettext_lazy("What catches what"),
    "doubts": gettext_lazy("Small mistakes in the right code are noticed"),
}
TABLES: Mapping[str, Promise] = {
    "defects": gettext_lazy("Each defect against each test"),
    "mutants": gettext_lazy("Each wrong program against each of your tests"),
    "options": gettext_lazy("Each wrong option against each check"),
    "answers": gettext_lazy("Each bad answer against each check"),
}


def checks_context(
    manuscript: Manuscript, head: Revision, checking: Checking | None, now: Read
) -> dict[str, Any]:
    """What the checks' tab and the publish button show."""
    is_of_this = checking is not None and checking.content_hash == head.content_hash
    report = checking.report if checking and checking.is_over else []
    findings = now.findings or _findings(manuscript, head, report if is_of_this else [])
    return {
        "checking": checking,
        "is_of_this": is_of_this,
        "rows": _rows(manuscript, head, report),
        "tables": list(_tables(manuscript, head, report)),
        "findings": findings,
        "fixes": sum(each.level == "fix" for each in findings),
        "ran": sum(line["again"] for line in report),
        "kept": sum(not line["again"] for line in report),
        "took": _took(checking),
        "seconds": _seconds(report),
        "why_not": _why_not(head, checking, now, is_of_this=is_of_this),
        "checked_at": clock_time(checking.ended_at) if checking and checking.ended_at else "",
    }


def _findings(
    manuscript: Manuscript, head: Revision, report: Iterable[Mapping[str, Any]]
) -> tuple[Finding, ...]:
    return tuple(
        finding(manuscript.kind, head.files, said, level=level)
        for line in report
        for level, key in (("fix", "problems"), ("note", "notes"))
        for said in line[key]
    )


def _rows(
    manuscript: Manuscript, head: Revision, report: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """One row for each thing to prove, those to be put right first."""
    rows: dict[str, dict[str, Any]] = {}
    for line in report:
        if line["name"] == "matrix":
            continue
        row = rows.setdefault(
            line["name"],
            {"title": TITLES[line["name"]], "findings": [], "parts": 0, "state": "ok"},
        )
        row["parts"] += 1
        row["findings"] += _findings(manuscript, head, [line])
    for row in rows.values():
        levels = {each.level for each in row["findings"]}
        row["state"] = "fix" if "fix" in levels else "note" if levels else "ok"
    order = {"fix": 0, "note": 1, "ok": 2}
    return sorted(rows.values(), key=lambda row: order[row["state"]])


def _tables(
    manuscript: Manuscript, head: Revision, report: Iterable[Mapping[str, Any]]
) -> Iterable[dict[str, Any]]:
    for line in report:
        table = line["matrix"]
        if not table:
            continue
        yield {
            "title": TABLES[table["of"]],
            "of": table["of"],
            "columns": table["columns"],
            "rows": [
                {
                    **row,
                    "caught": sum(cell["caught"] for cell in row["cells"]),
                    "cells": list(zip(table["columns"], row["cells"], strict=False)),
                    "part": home_of(manuscript.kind, row["file"], str((row["path"] or ("",))[0])),
                    "can_write": table["of"] in ("defects", "mutants"),
                }
                for row in table["rows"]
            ],
        }


def _took(checking: Checking | None) -> str:
    if checking is None or not checking.began_at or not checking.ended_at:
        return ""
    return f"{(checking.ended_at - checking.began_at).total_seconds():.1f}"


def _seconds(report: Iterable[Mapping[str, Any]]) -> float | None:
    """What judging one right answer takes of a worker's time."""
    for line in report:
        if line["name"] == "steady" and "seconds" in line["figures"]:
            return float(line["figures"]["seconds"])
    return None


def _why_not(head: Revision, checking: Checking | None, now: Read, *, is_of_this: bool) -> str:
    """Why it can't be published now; empty where it can."""
    if now.findings:
        many = len(now.findings)
        return ngettext("Fix %(n)s thing first", "Fix %(n)s things first", many) % {"n": many}
    if checking is None or not is_of_this:
        return _("Check this text first")
    if not checking.is_over:
        return _("The checks are running")
    if not checking.is_proven:
        many = max(1, checking.problems)
        return ngettext("Fix %(n)s thing first", "Fix %(n)s things first", many) % {"n": many}
    if head.published_id:
        return _("This text is published")
    return ""


@door(Door.TEACH)
@require_POST
def author_check(request: HttpRequest, manuscript_id: UUID) -> HttpResponse:
    """Have a worker check the text as it stands."""
    manuscript = manuscript_of(request, manuscript_id)
    try:
        checks.ask(manuscript=manuscript, revision=newest(manuscript), actor=person(request))
    except checks.TooManyChecks:
        messages.warning(request, _("Your earlier checks are still running. Wait for one of them."))
    part = part_of(manuscript.kind, request.GET.get("part", ""))
    return redirect(f"{reverse('author_edit', args=[manuscript.pk])}?part={part.id}&side=checks")


@door(Door.TEACH)
@require_safe
def author_checks(request: HttpRequest, manuscript_id: UUID) -> HttpResponseBase:
    """The checks alone: what the page asks for while they run. 286 ends the asking."""
    manuscript = manuscript_of(request, manuscript_id)
    context = full_context(manuscript)
    checking = context["checking"]
    if checking is not None and not checking.is_over:
        return render(request, "author/checks.html", context)
    return render(request, "author/checks.html", {**context, "settled": True}, status=STOP_POLLING)


@door(Door.TEACH)
@require_safe
def author_report(request: HttpRequest, manuscript_id: UUID) -> HttpResponse:
    """The whole report on a page of its own, to read in peace or to print."""
    manuscript = manuscript_of(request, manuscript_id)
    return page(request, "author/report.html", door=Door.TEACH, **full_context(manuscript))


def full_context(manuscript: Manuscript) -> dict[str, Any]:
    """The checks of the text as it stands."""
    head = newest(manuscript)
    now = read(manuscript.kind, head.files)
    found = checks_context(manuscript, head, checks.newest_checking(manuscript, head), now)
    return {"manuscript": manuscript, "head": head, "read": now, **found}


@door(Door.TEACH)
@require_POST
def author_publish(request: HttpRequest, manuscript_id: UUID) -> HttpResponse:
    """Make the proven text a version that releases can hold."""
    manuscript = manuscript_of(request, manuscript_id)
    try:
        version = publish(manuscript=manuscript, actor=person(request))
    except NotProven:
        messages.error(request, _("This text isn’t proven yet. Check it, then publish."))
        return redirect(f"{reverse('author_edit', args=[manuscript.pk])}?side=checks")
    except BelongsElsewhere:
        messages.error(
            request, _("The uuid in the file is another exercise’s. Duplicate this one.")
        )
        return redirect(f"{reverse('author_edit', args=[manuscript.pk])}?part=files")
    messages.success(
        request,
        _("Version %(n)s is published. Learners get it with the next release of a course.")
        % {"n": version.number},
    )
    return redirect(f"{reverse('author_edit', args=[manuscript.pk])}?side=checks")


@door(Door.TEACH)
@require_POST
def author_skeleton(request: HttpRequest, manuscript_id: UUID, row: str) -> HttpResponse:
    """Write the beginning of a test for a row that nothing catches."""
    manuscript = manuscript_of(request, manuscript_id)
    try:
        path = write_skeleton(manuscript=manuscript, row=row, actor=person(request))
    except Unfit:
        raise Http404 from None
    part = home_of(manuscript.kind, path)
    messages.success(
        request,
        _("%(file)s has a test to finish. Put in what the right program gives.") % {"file": path},
    )
    return redirect(f"{reverse('author_edit', args=[manuscript.pk])}?part={part.id}&side=checks")
