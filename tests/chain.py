"""A chain handed in the way the tests say it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from countersign.cohorts.models import Enrolment
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.grading.services.chaining import Chain, take
from grader.exercise import load
from grader.kinds.chain.spec import Link

FOLDER = (
    Path(__file__).parents[1]
    / "curriculum/courses/from-output-to-decision/02-check-as-deep-as-the-stakes/the-car-park"
)
BASE = "Write parking_fee(minutes). An hour costs 250 cents. "
GOOD = (
    BASE + "A started hour is paid in full. The first 15 minutes are free. "
    "The fee is at most 2000 cents."
)
POOR = BASE + "The first 15 minutes are free. The fee is at most 2000 cents."
FOUND = {"call": "fix", "findings": [{"call": "parking_fee(61)", "expected": "500", "why": ""}]}
NOTHING: dict[str, Any] = {"call": "use", "findings": []}


def a_chain() -> ExerciseVersion:
    return keep_version(load(FOLDER))


def hand_on(place: Enrolment, version: ExerciseVersion, link: Link, given: Any) -> Chain:
    return take(enrolment=place, version=version, link=link, given=given, key=uuid4())


def gone_through(
    place: Enrolment,
    version: ExerciseVersion,
    prompt: str = GOOD,
    review: dict[str, Any] | None = None,
    decision: str = "ship",
) -> Chain:
    hand_on(place, version, Link.PROMPT, prompt)
    hand_on(place, version, Link.REVIEW, review or NOTHING)
    return hand_on(place, version, Link.DECIDE, decision)
