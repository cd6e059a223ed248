"""What a learner sees of a judged review: each comment's verdict, and the key after the end."""

from __future__ import annotations

from typing import Any

from grader.authored.exercise import Exercise
from grader.checks.listing import Span
from grader.kinds.review.spec import Defect, ReviewSpec
from grader.verdict import Verdict


def revealed(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    """The figures, each comment's outcome, the reason where a decoy was flagged, and the nudge.

    Only a review that was ended has ``key``: every defect with its lines, explanation and
    correction, and every decoy. Empty where nothing was graded.
    """
    found = verdict.details.get("review")
    spec = exercise.spec
    if not verdict.status.is_graded or not isinstance(spec, ReviewSpec) or not found:
        return {}
    told = {
        name: found[name]
        for name in ("hits", "misses", "false_alarms", "decoys_flagged", "proof", "ended")
    }
    rules = {rule.id: rule.feedback for rule in verdict.requirements}
    call = found["call"]
    return {
        "review": {
            **told,
            "total": len(found["defects"]),
            "call": {"given": call["given"], "right": call["right"], "sure": call["sure"]},
            "call_says": rules.get("call", ""),
            "nudge": "" if found["ended"] else rules.get("find", ""),
            "findings": [_finding(spec, each) for each in found["findings"]],
            "key": _key(exercise, spec, found) if found["ended"] else None,
        }
    }


def _finding(spec: ReviewSpec, found: dict[str, Any]) -> dict[str, Any]:
    reasons = {decoy.id: decoy.reason for decoy in spec.decoys}
    names = ("number", "lines", "outcome", "right", "category_right", "severity_steps")
    more = ("category", "severity", "evidence", "evidence_message", "sure")
    return {
        **{name: found[name] for name in (*names, *more)},
        "narrow": found["precision"] >= 0.5,
        "reason": reasons.get(found["decoy"], ""),
    }


def _key(exercise: Exercise, spec: ReviewSpec, found: dict[str, Any]) -> dict[str, Any]:
    met = {each["id"]: each for each in found["defects"]}
    return {
        "defects": [_defect(each, met[each.id]) for each in spec.defects if each.id in met],
        "decoys": [
            {"lines": _pair(each.lines), "reason": each.reason, "id": each.id}
            for each in spec.decoys
        ],
        "calls": [call.value for call in spec.calls],
    }


def _defect(defect: Defect, met: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": defect.id,
        "lines": _pair(defect.lines),
        "category": defect.category.value,
        "severity": defect.severity.value,
        "explain": defect.explain,
        "corrected": defect.corrected,
        "found": met["found"],
        "finding": met["finding"],
        "proved": met["proved"],
    }


def _pair(span: Span) -> list[int]:
    return [span.first, span.last]
