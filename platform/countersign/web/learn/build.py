"""A program built in turns: the request, the change that came, the checks, and what is decided."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from countersign.common import clock, markdown
from countersign.common.text import UnstorableText
from countersign.exercises.kinds import AnswerTooLarge
from countersign.exercises.kinds.code import FIELD
from countersign.grading.services import build_checks, building
from countersign.submissions.models import BuildTurn, BuildTurnState, CheckRun, CheckRunState
from countersign.submissions.services import DraftConflict
from countersign.web.learn.desk import Desk
from countersign.web.model_words import why_no_reply
from grader.answer import Answer
from grader.kinds.build.timeline import difference
from grader.practice import ENGINE

STOP_POLLING = 286
QUICK = timedelta(seconds=3)
CHECKS = "checks"
"""Says in an address that the pane with the checks is the one to show."""

_NOT_NOW: Mapping[str, Promise] = {
    "undecided": gettext_lazy("Accept or undo the change that is here first."),
    "no_turns": gettext_lazy("This session has had all its changes. Hand in, or start over."),
    "too_many": gettext_lazy("That were many requests. Hand in what you have, or start over."),
    "nothing_open": gettext_lazy("That change was decided on already, maybe in another tab."),
    "too_late": gettext_lazy("Only the change that was accepted last can be undone."),
    "other_engine": gettext_lazy(
        "The live model wrote what you accepted, and the practice partner can’t go on from there. "
        "Start over to build with it."
    ),
}


def build_context(
    desk: Desk,
    answer: Answer,
    *,
    goes_on: bool = False,
    trouble: str = "",
    check_trouble: str = "",
    typed: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What the page of a ``build`` exercise shows beside the files. ``typed`` is what stands in
    fields that were not taken; ``goes_on`` says that the filled button leads to the next step."""
    if desk.version.kind != "build":
        return {}
    attempt = desk.attempt
    session = building.session_of(attempt) if attempt else None
    run = build_checks.newest(attempt) if attempt else None
    files = {**(session.files if session else desk.version.shown["files"]), **answer.files}
    unproved = build_checks.unproved_lines(attempt, session, answer) if session and attempt else {}
    pending = session.pending if session else None
    turns = session.turns if session else ()
    most = desk.version.shown["turns"]
    checks = _checks(desk, run, files, typed)
    milestones = _milestones(desk, checks)
    done = all(each["state"] == "ok" for each in milestones)
    return {
        "build": {
            "used": session.used if session else 0,
            "most": most,
            "left": session.left if session else most,
            "session": session.number if session else 1,
            "stamp": _stamp(session),
            "pending": _shown(pending, unproved, answer) if pending else None,
            "waits": bool(pending and pending.state == BuildTurnState.WAITING),
            "last": _shown(turns[-1], unproved, answer) if turns and not pending else None,
            "earlier": [_shown(turn, {}, None) for turn in reversed(turns[:-1])],
            "may_take_back": bool(session and session.may_be_taken_back),
            "model": _model(desk),
            "engine": session.engine if session else "",
            "practice": ENGINE,
            "unproved": _listings(unproved, files),
            "unproved_lines": json.dumps({FIELD + name: at for name, at in unproved.items()}),
            "milestones": milestones,
            "filled": _filled(session, goes_on=goes_on, done=done),
            "trouble": trouble,
            "asked": (typed or {}).get("request", ""),
            **checks,
            "check_trouble": check_trouble,
        }
    }


def _stamp(session: building.Session | None) -> str:
    """Names a moment of a session: what is kept on the device of another one is out of date."""
    if session is None or not session.turns:
        return f"{session.number if session else 1}"
    return f"{session.number}-{len(session.turns)}-{session.turns[-1].state}"


def _filled(session: building.Session | None, *, goes_on: bool, done: bool) -> str:
    """Which button is the filled one: accept, ask, submit or next."""
    if session is not None and session.pending is not None:
        return "" if session.pending.state == BuildTurnState.WAITING else "accept"
    if goes_on:
        return "next"
    return "submit" if done or (session is not None and not session.left) else "ask"


def _model(desk: Desk) -> str:
    if desk.place is None:
        return ""
    return building.may_ask_a_model(desk.version, desk.place.cohort.organisation_id)


def _shown(
    turn: BuildTurn, unproved: Mapping[str, list[int]], answer: Answer | None
) -> dict[str, Any]:
    """A turn with its change line by line; of an open one as the files at hand have it now."""
    reply = turn.reply or {}
    proposed = {**turn.before, **reply.get("change", {})}
    now = {**proposed, **turn.edited}
    if turn.state == BuildTurnState.OPEN and answer is not None:
        now |= answer.files
    return {
        "turn": turn,
        "says": reply.get("says", ""),
        "practice": turn.engine == ENGINE,
        "why": why_no_reply(turn.trouble),
        "near": reply.get("near", []),
        "edited": any(proposed.get(name) != text for name, text in now.items()),
        "drill": _drill(turn),
        "files": [
            {**file, "lines": _marked(file["lines"], unproved.get(file["name"], []))}
            for file in difference(turn.before, now)
        ],
    }


def _drill(turn: BuildTurn) -> str:
    """What the drill of an undone change broke: it is over, and may be told."""
    reply = turn.reply or {}
    if turn.state != BuildTurnState.UNDONE or not reply.get("drill"):
        return ""
    return building.drill_of(turn)


def _marked(lines: list[dict[str, Any]], unproved: list[int]) -> list[dict[str, Any]]:
    return [{**line, "open": line["mark"] == "add" and line["new"] in unproved} for line in lines]


def _listings(unproved: Mapping[str, list[int]], files: Mapping[str, str]) -> list[dict[str, Any]]:
    """The files with lines that no check has gone through, ready for a listing."""
    return [
        {
            "name": name,
            "text": files[name],
            "count": len(lines),
            "flagged": dict.fromkeys(lines, "unproved"),
        }
        for name, lines in sorted(unproved.items())
    ]


def _checks(
    desk: Desk,
    run: CheckRun | None,
    files: Mapping[str, str],
    typed: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """The checks by milestone, with what the last run said of them."""
    chosen = set((typed or {}).get("check", run.chosen if run else []))
    results = {each["id"]: each for each in run.results if each["id"]} if run else {}
    cases = [
        {**case, "chosen": case["id"] in chosen, "result": results.get(case["id"])}
        for case in desk.version.shown["cases"]
    ]
    done = bool(run and run.state == CheckRunState.DONE)
    known = {case["id"] for case in cases}
    return {
        "groups": [
            {
                "says": markdown.render_inline(rule["says"]),
                "cases": [case for case in cases if case["requirement"] == rule["id"]],
            }
            for rule in desk.version.rules
        ],
        "own": (typed or {}).get("own", run.own if run else ""),
        "own_results": [each for each in run.results if each["id"] not in known] if run else [],
        "run": run,
        "done": done,
        "stale": bool(run and done and run.files != dict(files)),
        "held": sum(bool(each["held"]) for each in run.results) if run else 0,
        "ran": sum(each["held"] is not None for each in run.results) if run else 0,
        "pace": _pace(run),
        "problem": run.problem if run and done else None,
    }


def _pace(run: CheckRun | None) -> str:
    """How often the page asks: quickly at first; empty when all is said."""
    if run is None or run.state != CheckRunState.WAITING:
        return ""
    return "300ms" if clock.now() - run.at < QUICK else "2s"


def _milestones(desk: Desk, checks: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each milestone, and whether all its checks held in the last run, on these very files."""
    fresh = checks["done"] and not checks["stale"]
    rows = []
    for number, group in enumerate(checks["groups"], start=1):
        results = [case["result"] for case in group["cases"]]
        ran = fresh and all(results)
        held = ran and all(each["held"] for each in results)
        red = fresh and any(each and not each["held"] for each in results)
        rows.append(
            {
                "number": number,
                "says": group["says"],
                "state": "ok" if held else "bad" if red else "",
            }
        )
    return rows


def part(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Whether the model still writes. When it doesn't, the page is loaded anew."""
    _refuse_others(desk)
    session = building.session_of(desk.attempt) if desk.attempt else None
    pending = session.pending if session else None
    if pending is not None and pending.state == BuildTurnState.WAITING:
        return HttpResponse(status=204)
    return _to(request, desk, "#turn")


def act(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Ask, accept, undo, undo what was accepted, or start over, with the files as they stand."""
    _refuse_others(desk)
    done = _ACTS.get(request.POST.get("act", ""))
    if done is None:
        raise Http404
    trouble = _trouble_with(request, desk, done)
    if trouble:
        return _again(request, desk, trouble=trouble)
    return _to(request, desk, "#turn")


Act = Callable[[HttpRequest, Desk, Answer], object]


def _trouble_with(request: HttpRequest, desk: Desk, done: Act) -> str:
    """Do it. Answers why it was not taken; "" when it was."""
    try:
        done(request, desk, desk.face.answer_from_post(desk.version, request.POST))
    except building.NotNow as refusal:
        return str(_NOT_NOW[refusal.reason])
    except DraftConflict:
        return _("You edited this in another tab meanwhile. Load the page to see it.")
    except (AnswerTooLarge, UnstorableText):
        return _("There is more text, or a character, in your files that we can’t keep.")
    return ""


def _ask(request: HttpRequest, desk: Desk, answer: Answer) -> None:
    building.ask(
        desk.begun(),
        request.POST.get("request", ""),
        answer=answer,
        revision=_revision(request),
        practice=request.POST.get("engine") == "practice",
    )


def _accept(request: HttpRequest, desk: Desk, answer: Answer) -> None:
    building.accept(desk.begun(), answer=answer, revision=_revision(request))


def _undo(request: HttpRequest, desk: Desk, answer: Answer) -> None:
    building.undo(desk.begun(), answer=answer, revision=_revision(request))


def _take_back(request: HttpRequest, desk: Desk, answer: Answer) -> None:
    building.take_back(desk.begun(), answer=answer, revision=_revision(request))


def _start_over(request: HttpRequest, desk: Desk, answer: Answer) -> None:
    building.start_over(desk.begun(), answer=answer, revision=_revision(request))


_ACTS: Mapping[str, Act] = {
    "ask": _ask,
    "accept": _accept,
    "undo": _undo,
    "take_back": _take_back,
    "start_over": _start_over,
}


def run_checks(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Run the chosen checks on the files as they are typed."""
    _refuse_others(desk)
    trouble = ""
    try:
        build_checks.ask(
            desk.begun(),
            answer=desk.face.answer_from_post(desk.version, request.POST),
            chosen=request.POST.getlist("check"),
            own=request.POST.get("own", "").replace("\r\n", "\n"),
            revision=_revision(request),
        )
    except build_checks.NothingToRun:
        trouble = _("Choose at least one check, or write one of your own.")
    except build_checks.TooManyRuns:
        trouble = _("That were many runs in a minute. Look at what came back, then go on.")
    except DraftConflict:
        trouble = _("You edited this in another tab meanwhile. Load the page to see it.")
    except (AnswerTooLarge, UnstorableText):
        trouble = _("There is more text, or a character, in your files that we can’t keep.")
    if request.headers.get("HX-Request"):
        return _checks_part(request, anew(desk), trouble=trouble)
    if trouble:
        return _again(request, desk, check_trouble=trouble)
    return _to(request, desk, f"?pane={CHECKS}#checks")


def checks_part(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The checks alone. The answer that ends the waiting says so with 286."""
    _refuse_others(desk)
    return _checks_part(request, desk)


def _checks_part(request: HttpRequest, desk: Desk, *, trouble: str = "") -> HttpResponse:
    from countersign.web.learn.workspace import saved_work

    work = saved_work(desk)
    context = build_context(desk, work.answer, check_trouble=trouble)
    waits = bool(context["build"]["pace"])
    status = 200 if waits or request.method == "POST" else STOP_POLLING
    return render(
        request,
        "learn/build/checks.html",
        {"desk": desk, "version": desk.version, "work": work, "swap": True, **context},
        status=status,
    )


def _refuse_others(desk: Desk) -> None:
    if desk.version.kind != "build" or desk.place is None:
        raise Http404


def _again(
    request: HttpRequest, desk: Desk, *, trouble: str = "", check_trouble: str = ""
) -> HttpResponse:
    """The page with what was typed, and why it was not taken."""
    from countersign.web.learn.workspace import Work, workspace

    work = Work(
        answer=Answer(files=desk.face.read(desk.version, request.POST).files),
        revision=_revision(request),
    )
    typed = {
        "request": request.POST.get("request", ""),
        "own": request.POST.get("own", ""),
        "check": request.POST.getlist("check"),
        "trouble": trouble,
        "check_trouble": check_trouble,
    }
    return workspace(request, anew(desk), typed=work, refused=typed, status=409)


def _to(request: HttpRequest, desk: Desk, where: str) -> HttpResponse:
    address = f"{desk.urls.exercise}{where}"
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(address)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address
    return response


def anew(desk: Desk) -> Desk:
    """The same desk without what it remembers of the time before the change."""
    return Desk(
        learner=desk.learner,
        place=desk.place,
        version=desk.version,
        urls=desk.urls,
        spot=desk.spot,
    )


def _revision(request: HttpRequest) -> int:
    said = request.POST.get("revision", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0
