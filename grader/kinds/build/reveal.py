"""What a learner gets to see of a judged session."""

from __future__ import annotations

from typing import Any

from grader.authored.exercise import Exercise
from grader.kinds.build.spec import BuildSpec
from grader.verdict import Verdict


def revealed(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    """The session turn by turn, with its drills, and the parts of the score. Nothing hidden is in
    it: it comes from visible checks and from files that the learner had."""
    if not verdict.status.is_graded or not isinstance(exercise.spec, BuildSpec):
        return {}
    return {
        "turns": verdict.details["turns"],
        "score_parts": verdict.details["score_parts"],
        "changes": verdict.details["changes"],
        "most": exercise.spec.turns,
    }
