"""What is known about one decision: said or not, done or not, where, and what to say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from grader.authored.exercise import Exercise
from grader.checks.guard import guarded
from grader.kinds.prompt import wording
from grader.kinds.trials import Trial, Writing
from grader.practice.decisions import Decision
from grader.practice.recognise import Stated

MOST_ISSUES = 3


class Cell(StrEnum):
    """The two by two: you said it or didn't, the code does it or doesn't."""

    SOLID = "solid"
    CHECK = "check"
    LUCKY = "lucky"
    MISSING = "missing"


def decision_evidence(
    exercise: Exercise,
    decision: Decision,
    stated: Stated,
    *,
    trials: Sequence[Trial],
    shown: int,
    writing: Writing,
    person: str,
) -> dict[str, Any]:
    """One decision as JSON values, as the kind's docstring lists them."""
    passed, total = trials[shown].checks_of(decision.id)
    does = trials[shown].does(decision.id)
    message = wording.of_decision(
        decision, stated, does=does, practice=writing.practice, person=person
    )
    return {
        "id": decision.id,
        "about": decision.about,
        "ask": decision.ask,
        "weight": decision.weight,
        "said": said(decision, stated),
        "option": stated.option,
        "cell": cell(decision, stated, does=does).value,
        "passed": passed,
        "total": total,
        "held": sum(trial.does(decision.id) for trial in trials),
        "spans": [list(span) for spans in stated.spans.values() for span in spans],
        "half": [list(span) for span in stated.half],
        "message": guarded(exercise, message) if message else "",
    }


def said(decision: Decision, stated: Stated) -> str:
    """How the prompt stands to the decision: right, wrong, both, denied, unsaid."""
    if stated.contradictory:
        return "both"
    if stated.option is not None:
        return "right" if stated.option == decision.correct else "wrong"
    return "denied" if stated.denied else "unsaid"


def cell(decision: Decision, stated: Stated, *, does: bool) -> Cell:
    """Which of the four. What a model infers unasked counts as said when it is done."""
    is_said = stated.option == decision.correct or (decision.inferable and not stated.says)
    if is_said:
        return Cell.SOLID if does else Cell.CHECK
    return Cell.LUCKY if does else Cell.MISSING


_ORDER = {Cell.MISSING.value: 0, Cell.CHECK.value: 1, Cell.LUCKY.value: 2}


def issues(decisions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """At most three things to work on: missing before misread before lucky, the weightiest
    first."""
    open_ones = [each for each in decisions if each["message"]]
    ranked = sorted(open_ones, key=lambda each: (_ORDER.get(each["cell"], 3), -each["weight"]))
    return [{"number": each["number"], "message": each["message"]} for each in ranked[:MOST_ISSUES]]
