"""What a learner gets to see of a graded explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.authored.exercise import Exercise
from grader.kinds.explain.judge import PREDICTIONS, PURPOSE
from grader.kinds.prompt.evidence import MOST_ISSUES, issues
from grader.verdict import Verdict


def revealed(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    """The evidence of a verdict, as the kind's docstring lists it. Nothing hidden is in it."""
    if not verdict.status.is_graded:
        return {}
    found = verdict.details
    decisions = [
        {**each, "number": number} for number, each in enumerate(found["decisions"], start=1)
    ]
    return {
        "explanation": found["explanation"],
        "engine": found["engine"],
        "rebuilt": found["trials"][found["trial"]]["code"],
        "level": found["level"],
        "purpose": found["purpose"],
        "trial": found["trial"],
        "trials": found["trials"],
        "passes": {
            "times": sum(each["all"] for each in found["trials"]),
            "of": len(found["trials"]),
        },
        "decisions": decisions,
        "predictions": found["predictions"],
        "issues": _issues(decisions, verdict),
    }


def _issues(decisions: Sequence[Mapping[str, Any]], verdict: Verdict) -> list[dict[str, Any]]:
    own = [
        {"number": 0, "message": rule.feedback}
        for rule in verdict.requirements
        if rule.id in (PURPOSE, PREDICTIONS) and rule.feedback
    ]
    return [*issues(decisions), *own][:MOST_ISSUES]
