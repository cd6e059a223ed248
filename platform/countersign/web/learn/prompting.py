"""What a prompt's or an explanation's page shows beside the result: marks, and what changed."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from countersign.grading.services.following import revealed
from countersign.submissions.models import State
from countersign.web.learn.desk import Desk
from countersign.web.learn.marks import line_of, marked_lines
from countersign.web.learn.result import counting_result

ENOUGH_TRIVIAL = 2
"""After so many edits in a row that changed no decision, the probe box is offered."""


def words_view(desk: Desk, found: Mapping[str, Any]) -> dict[str, Any]:
    """What the templates of prompts and explanations show. ``found`` is what the verdict reveals;
    empty before there is one."""
    if not found.get("decisions"):
        return {"found": dict(found), "text": "", "lines": (), "trivial": 0}
    decisions: Sequence[Mapping[str, Any]] = found["decisions"]
    text = _text(found)
    trivial = _trivial_edits(desk)
    return {
        "found": dict(found),
        "text": text,
        "lines": marked_lines(text, decisions),
        "to_do": [_row(text, each) for each in _open(found)],
        "whole": [issue["message"] for issue in found["issues"] if not issue["number"]],
        "more": max(0, sum(bool(each["message"]) for each in decisions) - len(_open(found))),
        "solid": [each for each in decisions if each["cell"] == "solid"],
        "trivial": trivial,
        "offers_probe": trivial >= ENOUGH_TRIVIAL and bool(desk.version.shown.get("probe")),
    }


def _text(found: Mapping[str, Any]) -> str:
    return str(found.get("prompt", found.get("explanation", "")))


def _open(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The decisions to work on, in the order of the verdict: at most three."""
    by_number = {each["number"]: each for each in found["decisions"]}
    return [by_number[issue["number"]] for issue in found["issues"] if issue["number"]]


def _row(prompt: str, decision: Mapping[str, Any]) -> dict[str, Any]:
    marks = {"check": "bad", "lucky": "luck"}
    return {
        **decision,
        "mark": marks.get(decision["cell"], ""),
        "line": line_of(prompt, decision),
        "is_half": bool(decision["half"]) and not decision["spans"],
        "holds": decision["total"] > 0 and decision["passed"] == decision["total"],
    }


def _trivial_edits(desk: Desk) -> int:
    """How many of the newest hand-ins in a row changed words and no decision."""
    if desk.attempt is None:
        return 0
    newest = desk.attempt.submissions.filter(state=State.GRADED).order_by("-number")[:4]
    read = [_reading(submission) for submission in newest]
    count = 0
    for later, earlier in itertools.pairwise(read):
        if later is None or earlier is None or later["says"] != earlier["says"]:
            break
        if later["words"] == earlier["words"]:
            break
        count += 1
    return count


def _reading(submission: Any) -> dict[str, Any] | None:
    result = counting_result(submission)
    found = revealed(result) if result else {}
    if not found.get("decisions"):
        return None
    says = tuple((each["id"], each["said"], each["option"]) for each in found["decisions"])
    return {"words": _text(found).split(), "says": says}
