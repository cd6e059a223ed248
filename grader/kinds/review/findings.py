"""Reads a learner's review: comments, each on some lines, and the call.

An answer's fields are ``{"findings": [{lines, category, severity, why, sure, test, fix}, …],
"call": "fix", "sure": "fairly", "ended": false}``. Only ``lines`` has to be there. ``fix`` is new
text for the finding's lines; an empty one takes them out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from grader.answer import Answer
from grader.checks.listing import Span, read_span
from grader.kinds.review.spec import WIDEST
from grader.kinds.review.words import Call, Category, Severity, Sure
from grader.verdict import Problem

LARGEST_ANSWER = 256 * 1024
MOST_FINDINGS = 150
UNSURE = ("", "unsure")

Choice = TypeVar("Choice", bound=StrEnum)


class UnreadableReview(Exception):
    """The review can't be judged. ``problem`` says why, in words for its learner."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One comment. ``category`` and ``severity`` are None where the learner didn't say."""

    number: int  # from 1, as the learner sees it
    span: Span
    category: Category | None = None
    severity: Severity | None = None
    why: str = ""
    sure: Sure | None = None
    test: str = ""
    fix: str | None = None


@dataclass(frozen=True, kw_only=True)
class Review:
    """Everything a learner said. ``ended`` asks for what was missed, and ends the scoring."""

    findings: tuple[Finding, ...]
    call: Call | None
    sure: Sure | None
    ended: bool


def read_review(answer: Answer, *, lines: int) -> Review:
    """The review of an artefact with this many lines. Raises UnreadableReview."""
    fields = answer.fields
    _refuse_too_large(fields)
    said = fields.get("findings") or []
    if not isinstance(said, Sequence) or isinstance(said, str):
        raise _unreadable("findings", "The comments have to be a list.")
    if len(said) > MOST_FINDINGS:
        raise _unreadable(
            "too_many", f"There are {len(said)} comments, and {MOST_FINDINGS} is the most we take."
        )
    review = Review(
        findings=tuple(_finding(each, number=at, lines=lines) for at, each in enumerate(said, 1)),
        call=_choice(Call, fields.get("call"), "Your call"),
        sure=_choice(Sure, fields.get("sure"), "How sure you are"),
        ended=fields.get("ended") is True,
    )
    if not review.findings and review.call is None:
        raise _unreadable(
            "empty", "There is nothing to check yet. Mark a line, or make your call, and submit."
        )
    return review


def _refuse_too_large(fields: Mapping[str, Any]) -> None:
    try:
        size = len(json.dumps(dict(fields)))
    except (RecursionError, TypeError, ValueError):
        size = LARGEST_ANSWER + 1
    if size > LARGEST_ANSWER:
        raise _unreadable("too_large", "The comments together are longer than we take.")


def _finding(said: Any, *, number: int, lines: int) -> Finding:
    if not isinstance(said, Mapping):
        raise _unreadable("finding", f"Comment {number} can’t be read.")
    what = f"Comment {number}"
    return Finding(
        number=number,
        span=_place(said.get("lines"), what, lines=lines),
        category=_choice(Category, said.get("category"), what),
        severity=_choice(Severity, said.get("severity"), what),
        why=_text(said.get("why"), what),
        sure=_choice(Sure, said.get("sure"), what),
        test=_text(said.get("test"), what),
        fix=None if said.get("fix") is None else _text(said.get("fix"), what),
    )


def _place(said: Any, what: str, *, lines: int) -> Span:
    span = read_span(said)
    if span is None:
        raise _unreadable("lines", f"{what}: write its lines as 12 or 12-13.")
    if span.first < 1 or span.last > lines:
        raise _unreadable(
            "out_of_range", f"{what} is on line {_outside(span)}; the lines go from 1 to {lines}."
        )
    if len(span) > WIDEST:
        raise _unreadable(
            "too_wide",
            f"{what} marks {len(span)} lines, and {WIDEST} is the most. Which of them is it about?",
        )
    return span


def _outside(span: Span) -> int:
    return span.first if span.first < 1 else span.last


def _choice(options: type[Choice], said: Any, what: str) -> Choice | None:
    if said is None or said in UNSURE:
        return None
    if isinstance(said, str) and said in [each.value for each in options]:
        return options(said)
    known = ", ".join(each.value for each in options)
    raise _unreadable("choice", f"{what}: “{str(said)[:40]}” isn’t one of {known}.")


def _text(said: Any, what: str) -> str:
    if said is None:
        return ""
    if not isinstance(said, str):
        raise _unreadable("text", f"{what} has something in it that isn’t text.")
    return said


def _unreadable(code: str, message: str) -> UnreadableReview:
    return UnreadableReview(Problem(code=code, message=message))
