"""A cohort whose people judge AI output over some weeks, by the numbers that a test wants."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from countersign.cohorts.models import Cohort, Enrolment, Sharing
from countersign.cohorts.services import enrol
from countersign.common import clock
from countersign.courses.models import Skill
from countersign.exercises.models import Exercise, ExerciseVersion
from countersign.grading.models import Result
from countersign.grading.services import hand_in
from countersign.submissions.services import open_attempt
from grader.answer import Answer
from grader.verdict import Status, Verdict
from tests.cast import Cast, person
from tests.work import settled

START = datetime(2026, 9, 7, 9, tzinfo=UTC)
KINDS = ("logic", "data", "security")


def version_like(version: ExerciseVersion, *, kind: str, aided: bool = True) -> ExerciseVersion:
    """Another exercise of a kind, otherwise like this one."""
    known = {
        field.attname: getattr(version, field.attname)
        for field in ExerciseVersion._meta.concrete_fields
        if field.attname not in ("id", "exercise_id", "kind", "aided", "content_hash")
    }
    return ExerciseVersion.objects.create(
        exercise=Exercise.objects.create(id=uuid4()),
        kind=kind,
        aided=aided,
        content_hash=uuid4().hex * 2,
        **known,
    )


def review(
    *, found: int, missed: int, alarms: int, call: str, kind: str = "logic"
) -> dict[str, Any]:
    """The details of a judged review; clean where nothing was planted."""
    planted = found + missed
    allowed = ["fix", "reject"] if planted else ["use"]
    return {
        "review": {
            "clean": not planted,
            "hits": found,
            "misses": missed,
            "false_alarms": alarms,
            "decoys_shown": 2,
            "decoys_flagged": min(2, alarms),
            "call": {
                "given": call,
                "allowed": allowed,
                "right": call in allowed,
                "sure": "certain" if found else "guess",
            },
            "bad_work_approved": call == "use" and bool(planted),
            "good_work_blocked": call != "use" and not planted,
            "findings": [],
            "defects": [{"category": kind, "found": at < found} for at in range(planted)],
        }
    }


def judge(
    place: Enrolment,
    version: ExerciseVersion,
    details: dict[str, Any],
    *,
    at: datetime,
    minutes: int = 6,
    score: float = 60.0,
    engine: str = "review@test",
) -> Result:
    """Open it, hand it in some minutes later, and have it judged like this."""
    with clock.pretend(at):
        open_attempt(enrolment=place, version=version)
    with clock.pretend(at + timedelta(minutes=minutes)):
        receipt = hand_in(
            enrolment=place,
            version=version,
            answer=Answer(files={"solution.py": uuid4().hex}),
            key=uuid4(),
        )
        status = Status.PASSED if score == 100 else Status.FAILED
        return settled(
            receipt.submission,
            Verdict(
                status=status, score=score, tests=(), requirements=(), engine=engine,
                isolation="scripted", details=details,
            ),
        )  # fmt: skip


def a_class(
    people: Cast, *, sharing: int, private: int, weeks: int = 7, seed: int = 1
) -> list[Enrolment]:
    """So many people who share and who don't; each judges an output a week, in their own way."""
    chance = random.Random(seed)
    Skill.objects.update_or_create(
        pk="read.trace",
        defaults={"competency": "Interpret outputs", "title": "x", "evidence": "", "position": 1},
    )
    versions = [
        version_like(people.version, kind="review", aided=n % 2 == 0) for n in range(weeks * 2)
    ]
    levels = [Sharing.PROGRESS] * sharing + [Sharing.PARTICIPATION] * private
    places = [_learner(people.cohort, number, level) for number, level in enumerate(levels)]
    for place in places:
        for at, version in enumerate(versions):
            judge(
                place,
                version,
                _some_review(chance),
                at=START + timedelta(days=at * 3.5, minutes=chance.randrange(300)),
                minutes=chance.choice([2, 9, 200]),
                score=float(chance.choice([20, 60, 100])),
                engine="practice@1" if at == 1 else "review@test",
            )
    return places


def _learner(cohort: Cohort, number: int, level: Sharing) -> Enrolment:
    with clock.pretend(START - timedelta(days=1)):
        return enrol(cohort=cohort, learner=person(f"P{level.value}{number}"), sharing=level)


def _some_review(chance: random.Random) -> dict[str, Any]:
    planted = chance.choice([0, 2, 3])
    found = chance.randint(0, planted)
    return review(
        found=found,
        missed=planted - found,
        alarms=chance.randint(0, 2),
        call=chance.choice(["use", "fix", "reject"]),
        kind=chance.choice(KINDS),
    )


def shares_of(places: Sequence[Enrolment]) -> list[Enrolment]:
    """Those who share."""
    return [place for place in places if place.sharing != Sharing.PARTICIPATION]
