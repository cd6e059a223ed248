"""What a learner does at a desk: hand in, save, stop, run again, open a hint.

Each function answers a request for a desk that its caller has found. Without JavaScript the
answer is a redirect back to the page, with it the part of the page that changed.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from countersign.coaching.services import open_hint
from countersign.common.text import UnstorableText, clean_json
from countersign.exercises.kinds import AnswerTooLarge
from countersign.grading import services as grading
from countersign.grading.services import suspected
from countersign.grading.services.following import settles_within
from countersign.submissions.services import (
    AttemptOver,
    DraftConflict,
    KeyUsedForOtherWork,
    NoTriesLeft,
    TooMany,
    save_draft,
)
from countersign.web.learn.desk import Desk
from countersign.web.learn.result import clock_time
from countersign.web.learn.workspace import Refusal, Work, refused, region, workspace
from grader.answer import Answer

STOP_POLLING = 286


def submit(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Hand the answer in. The same form sent twice is one hand-in."""
    answer: Answer | None = None
    try:
        answer = desk.face.answer_from_post(desk.version, request.POST)
        assert desk.place is not None, "a visitor gets a place before anything is handed in"
        grading.hand_in(
            enrolment=desk.place,
            version=desk.version,
            answer=answer,
            key=form_key(request),
            practice=_wants_practice(request),
        )
    except AnswerTooLarge as error:
        return refusing(request, desk, too_large(), error.answer)
    except UnstorableText:
        return refusing(request, desk, unstorable(), _as_shown(answer))
    except KeyUsedForOtherWork:
        return refusing(request, desk, key_used(), answer)
    except AttemptOver as error:
        why = no_tries_left() if isinstance(error, NoTriesLeft) else over()
        return refusing(request, desk, why, answer)
    except TooMany as error:
        return refusing(request, desk, too_many(error), answer)
    return _changed(request, desk)


def refusing(
    request: HttpRequest, desk: Desk, refusal: Refusal, answer: Answer | None
) -> HttpResponse:
    """Say why it wasn't taken in; what was typed stays."""
    work = Work(answer=answer or Answer(), revision=_revision(request))
    return refused(request, desk, refusal, work)


def _as_shown(answer: Answer | None) -> Answer:
    """The answer with the characters that nothing can hold made visible."""
    return Answer.from_json(clean_json(answer.as_json())) if answer else Answer()


def _changed(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    if request.headers.get("HX-Request"):
        return region(request, _again(desk))
    shown = "?pane=result" if desk.version.kind == "build" else ""
    return HttpResponseRedirect(f"{desk.urls.exercise}{shown}#result-heading")


def _again(desk: Desk) -> Desk:
    """The same desk without what it remembers of the time before the change."""
    return Desk(
        learner=desk.learner,
        place=desk.place,
        version=desk.version,
        urls=desk.urls,
        spot=desk.spot,
    )


def form_key(request: HttpRequest) -> UUID:
    """The form's idempotency key. A form without one is its own hand-in each time."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _wants_practice(request: HttpRequest) -> bool:
    """Whether the learner chose the practice model where there is a real one."""
    return request.POST.get("engine") == "practice"


def _revision(request: HttpRequest) -> int:
    said = request.POST.get("revision", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0


def status(request: HttpRequest, desk: Desk) -> HttpResponse:
    """How the newest hand-in stands. The answer that ends the waiting says so with 286."""
    newest = desk.newest
    if newest is not None and settles_within(newest, seconds=settings.RESULT_WAIT):
        desk = _again(desk)
        newest = desk.newest
    over = newest is None or newest.state not in ("received", "queued", "running")
    return region(request, desk, status=STOP_POLLING if over else 200)


def stop(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Stop waiting for the newest hand-in."""
    if desk.newest and desk.learner:
        grading.cancel(submission=desk.newest, actor=desk.learner)
    return _changed(request, desk)


def run_again(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Have the newest hand-in judged once more after a fault of ours or of a model's."""
    if desk.newest:
        grading.run_again(submission=desk.newest, practice=_wants_practice(request))
    return _changed(request, desk)


def suspect(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Stand by a comment that counts as a false alarm: an instructor looks at it."""
    said = request.POST.get("comment", "")
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else 0
    raised = suspected.suspect(submission=desk.newest, number=number) if desk.newest else None
    if raised is None:
        raise Http404
    messages.success(
        request,
        _("Your instructor will look at your comment. If you’re right, your work is graded anew."),
    )
    return HttpResponseRedirect(desk.urls.exercise)


def hint(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Open the next rung of the ladder, if a new try has earned it."""
    opened = open_hint(desk.begun())
    if request.headers.get("HX-Request"):
        context = {"ladder": opened, "desk": desk, "version": desk.version}
        return render(request, "learn/hints.html", context)
    return HttpResponseRedirect(f"{desk.urls.exercise}#hints")


def draft(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Keep what is typed. ``revision`` tells whether another tab has saved since.

    A script is answered in JSON: 200 ``{revision, saved_at}``, 409 with the same of the other
    tab's draft and the words to show, 422 for text that can't be kept.
    """
    try:
        answer = desk.face.answer_from_post(desk.version, request.POST)
        kept = save_draft(attempt=desk.begun(), answer=answer, revision=_revision(request))
    except DraftConflict as conflict:
        return _conflict(request, desk, conflict, answer)
    except AnswerTooLarge as error:
        return _not_kept(request, desk, too_large(), error.answer)
    except UnstorableText:
        return _not_kept(request, desk, unstorable(), _as_shown(answer))
    if not _wants_json(request):
        return HttpResponseRedirect(desk.urls.exercise)
    return JsonResponse({"revision": kept.revision, "saved_at": clock_time(kept.saved_at)})


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _conflict(
    request: HttpRequest, desk: Desk, conflict: DraftConflict, answer: Answer
) -> HttpResponse:
    at = clock_time(conflict.draft.saved_at)
    refusal = edited_elsewhere(at)
    if _wants_json(request):
        return JsonResponse(
            {"revision": conflict.draft.revision, "saved_at": at, "words": refusal.title},
            status=refusal.status,
        )
    work = Work(answer=answer, revision=conflict.draft.revision)
    return workspace(request, desk, typed=work, refusal=refusal)


def _not_kept(request: HttpRequest, desk: Desk, refusal: Refusal, answer: Answer) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"words": refusal.title}, status=refusal.status)
    work = Work(answer=answer, revision=_revision(request))
    return workspace(request, desk, typed=work, refusal=refusal)


def too_large() -> Refusal:
    return Refusal(
        title=_("This is more text than we can take"),
        text=_("What you typed is still here. Take out what isn’t needed and submit again."),
        status=422,
    )


def unstorable() -> Refusal:
    return Refusal(
        title=_("There is a character in here that we can’t keep"),
        text=_(
            "It often comes from copying out of another program. What you typed is still here, "
            "with a � where the character was. Take it out and submit again."
        ),
        status=422,
    )


def key_used() -> Refusal:
    return Refusal(
        title=_("This page was submitted before, with other work"),
        text=_(
            "That happens when you go back to an older copy of the page. Both are safe: the "
            "earlier work is among your attempts, this one is still here. Submit it again."
        ),
        status=409,
    )


def over() -> Refusal:
    return Refusal(
        title=_("The scoring of this exercise has ended"),
        text=_("You asked to see the answers. What you handed in before still counts."),
        status=409,
    )


def no_tries_left() -> Refusal:
    return Refusal(
        title=_("Your tries at this exercise are used up"),
        text=_(
            "This course allows so many tries at each. What you handed in counts, and what you "
            "typed is still here. Your instructor can tell you how to go on."
        ),
        status=409,
    )


def too_many(error: TooMany) -> Refusal:
    texts = {
        "unfinished": _(
            "Your earlier submissions are still waiting for their result. What you typed is "
            "still here. Submit again when one of them is done, or stop one."
        ),
        "hour": _(
            "You’ve submitted as often as one hour allows. What you typed is still here, and "
            "nothing you did is lost. You can submit again %(when)s."
        ),
        "day": _(
            "You’ve submitted as often as one day allows. What you typed is still here, and "
            "nothing you did is lost. You can submit again %(when)s."
        ),
    }
    return Refusal(
        title=_("Not taken in yet"),
        text=texts[error.reason] % {"when": _in(error.retry_after)},
        status=429,
        retry_after=error.retry_after,
    )


def _in(seconds: int) -> str:
    """“in 5 minutes”"""
    minutes = -(-seconds // 60)
    if minutes < 90:
        return ngettext("in %(n)s minute", "in %(n)s minutes", minutes) % {"n": minutes}
    hours = -(-minutes // 60)
    return ngettext("in %(n)s hour", "in %(n)s hours", hours) % {"n": hours}


def edited_elsewhere(at: str) -> Refusal:
    return Refusal(
        title=_("You edited this in another tab at %(time)s") % {"time": at},
        text=_("Nothing is lost. Save again to keep what is here, or open the other one."),
        status=409,
    )
