"""Comments on learners' work, and the library that they are taken from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from countersign.accounts.models import User
from countersign.coaching import library
from countersign.coaching.equal_work import NoSuchLine, Place, comment_on, withdraw_comment
from countersign.coaching.models import CommentKind, InstructorComment
from countersign.common.text import UnstorableText
from countersign.organisations.models import Organisation
from countersign.organisations.permissions import Permission, organisation_ids
from countersign.submissions.models import Submission
from countersign.web.access import Door, door, person
from countersign.web.comment_words import KINDS
from countersign.web.staff import page


@dataclass(frozen=True, kw_only=True)
class Written:
    """A comment as its form holds it, before it is sent. ``parameters`` are by name."""

    text: str = ""
    kind: str = CommentKind.INFORMATIVE.value
    file: str = ""
    line: str = ""
    key: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    keep_as: str = ""
    problem: str = ""

    @property
    def kinds(self) -> list[dict[str, object]]:
        return kind_choices(self.kind)


class NotSent(Exception):
    """The comment can't be sent as it is; the message says why."""


def kind_choices(chosen: str) -> list[dict[str, object]]:
    """The kinds of comment as a form shows them."""
    return [
        {"value": kind.value, "label": label, "checked": kind.value == chosen}
        for kind, label in KINDS.items()
    ]


def begun(submission: Submission, key: str) -> Written:
    """An empty form, or one with a comment of the library in it."""
    entry = library.find(organisation_of(submission), key) if key else None
    if entry is None:
        return Written()
    return Written(
        text=entry.text,
        kind=entry.kind.value,
        key=entry.key,
        parameters=dict.fromkeys(entry.parameters, ""),
    )


def organisation_of(submission: Submission) -> Organisation:
    organisation: Organisation = submission.attempt.enrolment.cohort.organisation
    return organisation


def sent(post: QueryDict) -> Written:
    """What a form holds."""
    start = "parameter-"
    return Written(
        text=post.get("text", "").strip(),
        kind=post.get("kind", ""),
        file=post.get("file", ""),
        line=post.get("line", "").strip(),
        key=post.get("key", "")[: library.LONGEST_KEY],
        parameters={
            name.removeprefix(start): str(value)
            for name, value in post.items()
            if name.startswith(start)
        },
        keep_as=post.get("keep_as", "").strip(),
    )


def send(submission: Submission, written: Written, *, author: User) -> None:
    """Send the comment, and keep it in the library if asked. Raises NotSent."""
    if not written.text:
        raise NotSent(_("Write a comment first."))
    kind = _kind(written.kind)
    try:
        text = library.filled_in(written.text, written.parameters)
        if written.keep_as:
            library.keep(
                organisation_of(submission),
                key=written.keep_as,
                kind=kind,
                text=written.text,
                actor=author,
            )
        place = _place(submission, written)
        comment_on(submission, text=text, author=author, kind=kind, place=place, key=written.key)
    except library.CannotKeep as reason:
        raise NotSent(str(reason)) from reason
    except NoSuchLine as fault:
        raise NotSent(_("There is no such line in what was handed in.")) from fault
    except UnstorableText as fault:
        words = _("There is a character in it that can’t be kept. Take it out.")
        raise NotSent(words) from fault


def _kind(value: str) -> CommentKind:
    return CommentKind(value) if value in CommentKind.values else CommentKind.INFORMATIVE


def _place(submission: Submission, written: Written) -> Place | None:
    if not written.line:
        return None
    if not (written.line.isascii() and written.line.isdecimal() and len(written.line) < 7):
        raise NoSuchLine(written.line)
    files = submission.as_answer.files
    file = written.file or next(iter(files), "")
    return Place(file=file, line=int(written.line))


@door(Door.TEACH)
@require_POST
def teach_withdraw_comment(request: HttpRequest, comment_id: UUID) -> HttpResponseRedirect:
    """Take a comment back: no learner is shown it any more."""
    taught = organisation_ids(person(request), Permission.TEACH)
    mine = InstructorComment.objects.filter(organisation__in=taught)
    comment = get_object_or_404(mine, pk=comment_id)
    if withdraw_comment(comment, actor=person(request)):
        messages.success(request, _("The comment is withdrawn. Nobody is shown it any more."))
    else:
        messages.info(request, _("It was withdrawn before."))
    return redirect("teach_submission", comment.submission_id)


@door(Door.TEACH)
@require_safe
def teach_comments(request: HttpRequest) -> HttpResponse:
    """The library of each organisation where this person teaches."""
    return _library(request)


def _library(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    return page(
        request,
        "teach/comments.html",
        door=Door.TEACH,
        status=status,
        organisations=[_shelf(each) for each in taught(person(request))],
        kinds=kind_choices(CommentKind.ACTIONABLE.value),
        problem=problem,
        given=request.POST,
    )


def taught(user: User) -> list[Organisation]:
    """The organisations where this person teaches."""
    return list(Organisation.objects.filter(pk__in=organisation_ids(user, Permission.TEACH)))


def _shelf(organisation: Organisation) -> dict[str, object]:
    entries = library.library(organisation)
    return {
        "organisation": organisation,
        "own": [entry for entry in entries if entry.is_own],
        "ours": [entry for entry in entries if not entry.is_own],
    }


def _organisation(request: HttpRequest, organisation_id: UUID) -> Organisation:
    found = next((o for o in taught(person(request)) if o.pk == organisation_id), None)
    if found is None:
        raise Http404
    return found


@door(Door.TEACH)
@require_POST
def teach_keep_comment(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Put a comment into the library, or change it."""
    organisation = _organisation(request, organisation_id)
    try:
        library.keep(
            organisation,
            key=str(request.POST.get("key", "")),
            kind=_kind(str(request.POST.get("kind", ""))),
            text=str(request.POST.get("text", "")),
            actor=person(request),
        )
    except library.CannotKeep as reason:
        return _library(request, problem=str(reason), status=422)
    except UnstorableText:
        words = _("There is a character in it that can’t be kept. Take it out.")
        return _library(request, problem=words, status=422)
    messages.success(request, _("It is in the library."))
    return redirect("teach_comments")


@door(Door.TEACH)
@require_POST
def teach_retire_comment(request: HttpRequest, organisation_id: UUID) -> HttpResponseRedirect:
    """Offer a comment no more."""
    organisation = _organisation(request, organisation_id)
    key = str(request.POST.get("key", ""))[: library.LONGEST_KEY]
    if library.retire(organisation, key=key, actor=person(request)):
        messages.success(request, _("It is offered no more. What was said with it stays."))
    else:
        messages.info(request, _("There is no such comment of yours in the library."))
    return redirect("teach_comments")
