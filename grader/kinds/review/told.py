"""What a verdict on a review says: its checks, its rules, and the one nudge of a try."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.checks.listing import Span
from grader.kinds.review.words import Call
from grader.verdict import RequirementResult, TestResult, TestStatus

if TYPE_CHECKING:
    from grader.kinds.review.judge import Judged

FIND = "Find what is wrong."
LEAVE = "Leave alone what is right."
DECIDE = "Make the call that fits."
_WEIGHTS = {"find": 3.0, "leave": 1.0, "call": 2.0}

LOOK_AGAIN = "Read the request again and compare each part of it with the lines."
FALSE_ALARM = (
    "One comment or more is about lines that do what they should. "
    "What did you expect there, and what does the request say?"
)
NO_CALL = "You haven’t said whether it may be used. What would you tell your colleague?"
USED = "This isn’t ready to use as it is. What would happen to the people who rely on it?"
BLOCKED = "Holding back work that is good costs something too. Which line would go wrong?"
OTHER_CALL = "Think of how much is wrong, and how hard that would be to put right."


def checks(judged: Judged) -> Iterator[TestResult]:
    """One hidden check for each defect, one for the lines that are right, one for the call."""
    for defect in judged.spec.defects:
        yield TestResult(
            id=defect.id,
            title=defect.id,
            status=_status(defect.id in judged.found),
            requirement="find",
        )
    yield TestResult(
        id="leave",
        title=LEAVE,
        status=_status(not judged.false_alarms),
        requirement="leave",
        visible=True,
    )
    yield TestResult(
        id="call",
        title=DECIDE,
        status=_status(judged.call_is_right),
        requirement="call",
        visible=True,
    )


def rules(judged: Judged) -> Iterator[RequirementResult]:
    """Find, leave alone, decide: with one thing to look at for each that doesn't hold."""
    spec = judged.spec
    if spec.defects:
        found, planted = len(judged.hits), len(spec.defects)
        yield _rule("find", FIND, nudge(judged), passed=found, total=planted)
    comments = max(1, len(judged.review.findings))
    right = comments - len(judged.false_alarms)
    yield _rule("leave", LEAVE, FALSE_ALARM, passed=right, total=comments)
    yield _rule("call", DECIDE, _on_the_call(judged), passed=int(judged.call_is_right), total=1)


def nudge(judged: Judged) -> str:
    """The function and the kind of the weightiest missed defect, never its line."""
    if not judged.missed:
        return ""
    defect = judged.missed[0]
    place = defect.where or _function_at(judged, defect.lines)
    where = f"It’s in {place}, and it’s about" if place else "It’s about"
    return f"{where} {defect.subject}. {LOOK_AGAIN}"


def _function_at(judged: Judged, span: Span) -> str:
    """The innermost function or class around these lines of a program."""
    artefact = judged.spec.artefact
    if not artefact.file.endswith(".py"):
        return ""
    tree = ast.parse(judged.spec.text(judged.exercise.files))
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and node.lineno <= span.first <= (node.end_lineno or node.lineno)
    ]
    return max(around, key=lambda node: node.lineno).name if around else ""


def _on_the_call(judged: Judged) -> str:
    match judged.review.call:
        case None:
            return NO_CALL
        case Call.USE:
            return USED
        case _ if judged.spec.is_clean:
            return BLOCKED
        case _:
            return OTHER_CALL


def _status(holds: bool) -> TestStatus:
    return TestStatus.PASSED if holds else TestStatus.FAILED


def _rule(name: str, says: str, feedback: str, *, passed: int, total: int) -> RequirementResult:
    return RequirementResult(
        id=name,
        says=says,
        weight=_WEIGHTS[name],
        passed=passed,
        total=total,
        feedback="" if passed == total else feedback,
    )
