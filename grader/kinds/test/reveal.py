"""What a learner sees of judged tests: which test caught which wrong program."""

from __future__ import annotations

from typing import Any

from grader.authored.exercise import Exercise
from grader.kinds.test.spec import TestSpec
from grader.verdict import Verdict


def revealed(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    """The wrong programs by number, with what was wrong in those that were caught, and each
    test of the learner's. One that got through is known by its rule alone."""
    found = verdict.details.get("test")
    spec = exercise.spec
    if not verdict.status.is_graded or not isinstance(spec, TestSpec) or not found:
        return {}
    says = {each.id: each.says for each in spec.mutants}
    rules = {each.id: each.says for each in spec.requirements}
    mutants = [
        {
            "number": number,
            "rule": rules[each["requirement"]],
            "killed": each["killed"],
            "by": each["by"],
            "says": says[each["id"]] if each["killed"] else "",
        }
        for number, each in enumerate(found["mutants"] or (), start=1)
    ]
    busy = {name for each in mutants for name in each["by"]}
    tests = [{**each, "catches": each["name"] in busy} for each in found["tests"]]
    return {
        "test": {
            "curated": found["curated"],
            "killed": found["killed"],
            "mutants": mutants,
            "tests": tests,
        }
    }
