"""The assistant in a code exercise: ask, see the suggested change, take it or not, undo it once."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from countersign.coaching import assistant as assisting
from countersign.coaching.models import Turn, TurnState
from countersign.common.text import UnstorableText
from countersign.exercises.kinds import AnswerTooLarge
from countersign.submissions.services import DraftConflict
from countersign.web.learn.desk import Desk
from countersign.web.model_words import why_no_reply

STOP_POLLING = 286
ACTS = {"take": assisting.take, "undo": assisting.undo}


def assistant_context(desk: Desk, *, trouble: str = "") -> dict[str, Any]:
    """What the assistant's part shows; nothing where the exercise is done without it."""
    if desk.place is None or not desk.urls.ask or not assisting.is_allowed(desk.version):
        return {}
    turns = list(desk.attempt.turns.all()) if desk.attempt else []
    return {
        "assistant": {
            "is_there": assisting.is_there(desk.place.cohort.organisation_id),
            "turns": [_shown(turn) for turn in turns],
            "waits": any(turn.state == TurnState.WAITING for turn in turns),
            "taken": sum(turn.state == TurnState.TAKEN for turn in turns),
            "undone": sum(turn.state == TurnState.UNDONE for turn in turns),
            "newest": turns[-1].pk if turns else None,
            "trouble": trouble,
        }
    }


def _shown(turn: Turn) -> dict[str, Any]:
    return {
        "turn": turn,
        "lines": assisting.difference(turn) if turn.file else [],
        "why": why_no_reply(turn.trouble),
    }


def part(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The assistant's part alone. The answer that ends the waiting says so with 286."""
    context = _context(desk)
    return _part(request, context, status=200 if context["assistant"]["waits"] else STOP_POLLING)


def _context(desk: Desk, *, trouble: str = "") -> dict[str, Any]:
    context = assistant_context(desk, trouble=trouble)
    if not context:
        raise Http404
    return {"desk": desk, **context}


def _part(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return render(request, "learn/assistant.html", context, status=status)


def ask(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Put a question about the files as they are typed now."""
    if not assistant_context(desk):
        raise Http404
    question = request.POST.get("question", "").strip()
    trouble = _asked(request, desk, question) if question else _("Write your question first.")
    if request.headers.get("HX-Request"):
        return _part(request, _context(_anew(desk), trouble=trouble))
    return HttpResponseRedirect(f"{desk.urls.exercise}#assistant")


def _asked(request: HttpRequest, desk: Desk, question: str) -> str:
    """Why the question was not taken; "" when it was."""
    try:
        answer = desk.face.answer_from_post(desk.version, request.POST)
        assisting.ask(desk.begun(), question=question, answer=answer)
    except assisting.NotNow:
        return _("One question at a time, and up to twenty in one exercise.")
    except (AnswerTooLarge, UnstorableText):
        return _("There is more text, or a character, in your files that we can’t send on.")
    return ""


def turn(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Take a suggestion, leave it, or undo having taken it. Taking and undoing load the page anew,
    since they change what stands in the editor."""
    found = _turn(request, desk)
    act = request.POST.get("act", "")
    if act == "refuse":
        assisting.refuse(found)
        if request.headers.get("HX-Request"):
            return _part(request, _context(_anew(desk)))
    elif act in ACTS:
        return _changed(request, desk, found, act)
    return HttpResponseRedirect(f"{desk.urls.exercise}#assistant")


def _turn(request: HttpRequest, desk: Desk) -> Turn:
    if desk.attempt is None:
        raise Http404
    found = desk.attempt.turns.filter(number=_number(request, "number")).first()
    if found is None:
        raise Http404
    return found


def _changed(request: HttpRequest, desk: Desk, found: Turn, act: str) -> HttpResponseBase:
    try:
        now = desk.face.answer_from_post(desk.version, request.POST)
        ACTS[act](found, now=now, revision=_number(request, "revision"))
    except (assisting.ChangedMeanwhile, AnswerTooLarge):
        words = _("This file has changed since you asked. Ask again about how it is now.")
        return _part(request, _context(_anew(desk), trouble=words))
    except DraftConflict:
        words = _("You edited this in another tab meanwhile. Load the page to see it.")
        return _part(request, _context(_anew(desk), trouble=words))
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = f"{desk.urls.exercise}#assistant"
        return response
    return HttpResponseRedirect(f"{desk.urls.exercise}#assistant")


def _number(request: HttpRequest, name: str) -> int:
    said = request.POST.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0


def _anew(desk: Desk) -> Desk:
    return Desk(
        learner=desk.learner,
        place=desk.place,
        version=desk.version,
        urls=desk.urls,
        spot=desk.spot,
    )
