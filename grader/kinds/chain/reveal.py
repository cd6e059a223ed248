"""What a learner sees of a chain that came to its end: each link, and what was to be found."""

from __future__ import annotations

from typing import Any

from grader.authored.exercise import Exercise
from grader.kinds.chain.spec import ChainSpec
from grader.kinds.prompt.reveal import revealed as revealed_prompt
from grader.verdict import Verdict


def revealed(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    """``links`` with their scores, the ``code``, what went ``wrong`` in it and whether the review
    said so, each finding's outcome, and the ways to decide with what they were worth."""
    spec = exercise.spec
    if not verdict.status.is_graded or not isinstance(spec, ChainSpec):
        return {}
    if "chain" not in verdict.details:
        return {}
    chain = verdict.details["chain"]
    told = {decision.id: decision for decision in spec.decisions}
    prompt = revealed_prompt(exercise, verdict)
    return {
        "prompt": prompt["prompt"],
        "code": prompt["code"],
        "links": verdict.details["links"],
        "condition": chain["condition"],
        "call": chain["call"],
        "wrong": [
            {"about": told[each["id"]].about, "ask": told[each["id"]].ask, "caught": each["caught"]}
            for each in chain["wrong"]
            if each["id"] in told
        ],
        "findings": [
            {**each, "catches": [told[name].about for name in each["catches"] if name in told]}
            for each in chain["findings"]
        ],
        "ways": [
            {
                "says": way.says,
                "chosen": way.id == chain["decision"],
                "worth": round(100 * getattr(way.worth, chain["condition"])),
            }
            for way in spec.decide.ways
        ],
        "issues": prompt["issues"],
    }
