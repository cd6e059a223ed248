"""A cohort whose people judge AI output over some weeks, by the numbers that a test wants."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from countersign.cohorts.models import Cohort, Enrolment, Sharing
from countersign.cohorts.services import enrol
from countersign.common import clock
from countersign.courses.models import Skill
from countersign.exercises.models import Exercise, ExerciseVersion
from countersign.grading.models import Result, Run, RunState, SealedVerdict
from countersign.submissions.models import Attempt, State, Submission
from tests.cast import Cast, person

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


@dataclass(frozen=True, kw_only=True)
class Work:
    """One graded try: opened at a moment, handed in some minutes later, judged like this."""

    place: Enrolment
    version: ExerciseVersion
    details: dict[str, Any]
    at: datetime
    minutes: int = 6
    score: float = 60.0
    engine: str = "review@test"


def keep(*works: Work) -> None:
    """Write graded tries as rows, all at once: how they are graded is tested elsewhere."""
    attempts = Attempt.objects.bulk_create(
        Attempt(enrolment=work.place, version=work.version, started_at=work.at) for work in works
    )
    submissions = Submission.objects.bulk_create(
        Submission(
            attempt=attempt, number=1, answer={}, content_hash="x", idempotency_key=uuid4(),
            received_at=work.at + timedelta(minutes=work.minutes), state=State.GRADED,
        )
        for attempt, work in zip(attempts, works, strict=True)
    )  # fmt: skip
    runs = Run.objects.bulk_create(
        Run(submission=each, number=1, state=RunState.DONE) for each in submissions
    )
    results = Result.objects.bulk_create(
        Result(
            run=run, submission=run.submission, score=work.score, tests_passed=0, tests_total=0,
            status="passed" if work.score == 100 else "failed", shown={}, engine=work.engine,
            isolation="scripted",
        )
        for run, work in zip(runs, works, strict=True)
    )  # fmt: skip
    SealedVerdict.objects.bulk_create(
        SealedVerdict(result=result, verdict={"details": work.details})
        for result, work in zip(results, works, strict=True)
    )


def a_class(
    people: Cast, *, sharing: int, private: int, weeks: int = 6, seed: int = 1
) -> list[Enrolment]:
    """So many people who share and who don't; each judges two outputs a week, in their own way."""
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
    keep(
        *(
            Work(
                place=place,
                version=version,
                details=_some_review(chance),
                at=START + timedelta(days=at * 3.5, minutes=chance.randrange(300)),
                minutes=chance.choice([2, 9, 200]),
                score=float(chance.choice([20, 60, 100])),
                engine="practice@1" if at == 1 else "review@test",
            )
            for place in places
            for at, version in enumerate(versions)
        )
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
