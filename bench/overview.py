"""How long the server takes for an employer's overview, with so many results and with ten times.

    python -m bench.overview [--learners 1000] [--exercises 10] [--rounds 20]

Two cohorts of as many learners on a PostgreSQL server of its own: in the one each has so many
graded exercises, in the other ten times as many. Their overviews are asked for in turns, so that
whatever else the machine does slows both; the ratio of the medians is what to read. Every learner's
figures are worked out from their results first, by the code that does it after each result.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from bench.figures import Figures
from tests import postgres

if TYPE_CHECKING:  # models are read once the database is there
    from django.test import Client

    from countersign.accounts.models import User
    from countersign.cohorts.models import Enrolment
    from countersign.courses.models import Release
    from countersign.organisations.models import Organisation

TIMES = 10


@dataclass(frozen=True)
class Half:
    """One of the two cohorts, and how many results it holds."""

    cohort: UUID
    results: int


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--learners", type=int, default=1000)
    asked.add_argument("--exercises", type=int, default=10)
    asked.add_argument("--rounds", type=int, default=20)
    wished = asked.parse_args()
    server = postgres.start()
    try:
        _prepare(server.url)
        halves = _fill(wished.learners, wished.exercises)
        _compare(halves, wished.rounds, wished.learners)
    finally:
        server.stop()


def _prepare(url: str) -> None:
    os.environ |= {
        "DATABASE_URL": url,
        "DEBUG": "true",
        "DJANGO_SETTINGS_MODULE": "countersign.settings",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _fill(learners: int, exercises: int) -> list[Half]:
    from countersign.courses.models import Release, Skill
    from countersign.organisations.models import Organisation

    Skill.objects.create(
        pk="errors.logic", competency="Identify errors", title="x", evidence="", position=1
    )
    organisation = Organisation.objects.create(name="Bench", slug="bench")
    release = Release.objects.create(number=1, content_hash=uuid4().hex)
    versions = _versions(exercises * TIMES)
    return [
        _half(organisation, release, learners, versions[:many])
        for many in (exercises, exercises * TIMES)
    ]


def _versions(many: int) -> list[UUID]:
    from countersign.exercises.models import Exercise, ExerciseVersion

    exercises = Exercise.objects.bulk_create(Exercise(id=uuid4()) for _ in range(many))
    made = ExerciseVersion.objects.bulk_create(
        ExerciseVersion(
            exercise=exercise, number=1, content_hash=uuid4().hex * 2, kind="review", title="x",
            minutes=5, skills=["errors.logic"], aided=number % 2 == 0, brief="", shown={},
        )
        for number, exercise in enumerate(exercises)
    )  # fmt: skip
    return [version.pk for version in made]


def _half(
    organisation: Organisation, release: Release, learners: int, versions: Sequence[UUID]
) -> Half:
    from countersign.accounts.models import User
    from countersign.cohorts.models import Cohort, Enrolment, Sharing
    from countersign.common import clock
    from countersign.insights.services import refresh

    cohort = Cohort.objects.create(
        organisation=organisation, release=release, name=f"{len(versions)} exercises each",
        starts_on=clock.now().date() - timedelta(days=40),
        ends_on=clock.now().date() + timedelta(days=20),
    )  # fmt: skip
    people = User.objects.bulk_create(
        User(email=f"{uuid4().hex}@bench.example", name=f"Learner {n}") for n in range(learners)
    )
    levels = (Sharing.PROGRESS, Sharing.WORK, Sharing.PARTICIPATION)
    places = Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, learner=person, sharing=levels[n % 3])
        for n, person in enumerate(people)
    )
    for at in range(0, learners, 50):
        _results(places[at : at + 50], versions)
    begun = time.perf_counter()
    refresh(cohort)
    _say(
        f"{learners * len(versions):>9,} results; figures of one learner worked out in "
        f"{1000 * (time.perf_counter() - begun) / learners:.0f} ms"
    )
    return Half(cohort.pk, learners * len(versions))


def _results(places: Sequence[Enrolment], versions: Sequence[UUID]) -> None:
    """A graded result of each of the people on each of the exercises, over the last weeks."""
    from countersign.common import clock
    from countersign.grading.models import Result, Run, RunState, SealedVerdict
    from countersign.submissions.models import Attempt, State, Submission

    now = clock.now()
    attempts = Attempt.objects.bulk_create(
        Attempt(enrolment=place, version_id=version) for place in places for version in versions
    )
    submissions = Submission.objects.bulk_create(
        Submission(
            attempt=attempt, number=1, answer={}, content_hash="x", idempotency_key=uuid4(),
            received_at=now - timedelta(hours=at % 900), state=State.GRADED,
        )
        for at, attempt in enumerate(attempts)
    )  # fmt: skip
    runs = Run.objects.bulk_create(
        Run(submission=submission, number=1, state=RunState.DONE) for submission in submissions
    )
    results = Result.objects.bulk_create(
        Result(
            run=run, submission=run.submission, status="failed", score=at % 100, tests_passed=0,
            tests_total=0, shown={}, engine="review@bench", isolation="none",
        )
        for at, run in enumerate(runs)
    )  # fmt: skip
    SealedVerdict.objects.bulk_create(
        SealedVerdict(result=result, verdict={"details": _details(at)})
        for at, result in enumerate(results)
    )


def _details(at: int) -> dict[str, object]:
    found = at % 3
    return {
        "review": {
            "clean": False, "hits": found, "misses": 2 - found, "false_alarms": at % 2,
            "decoys_shown": 2, "decoys_flagged": at % 2,
            "call": {"given": "fix", "allowed": ["fix"], "right": True, "sure": "certain"},
            "bad_work_approved": False, "good_work_blocked": False, "findings": [],
            "defects": [{"category": "logic", "found": each < found} for each in range(2)],
        }
    }  # fmt: skip


def _compare(halves: Sequence[Half], rounds: int, learners: int) -> None:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(_employer())
    took: dict[int, list[float]] = {half.results: [] for half in halves}
    for half in halves:
        _ask(client, half)  # the first loads templates
    for _ in range(rounds):
        for half in halves:
            took[half.results].append(_ask(client, half))
    _say(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; {learners} learners each")
    medians = {results: Figures.of(seconds) for results, seconds in took.items()}
    for results, figures in medians.items():
        _say(f"{results:>9,} results: {figures}")
    few, many = (figures.p50 for figures in medians.values())
    _say(f"ten times the results: {many / few:.2f} times as long")


def _employer() -> User:
    from countersign.accounts.models import User
    from countersign.organisations.models import Organisation, Role
    from countersign.organisations.services import give_role

    eve = User.objects.create_user("eve@bench.example", uuid4().hex, name="Eve")
    give_role(organisation=Organisation.objects.get(slug="bench"), user=eve, role=Role.EMPLOYER)
    return eve


def _ask(client: Client, half: Half) -> float:
    begun = time.perf_counter()
    answer = client.get(f"/org/{half.cohort}/")
    if answer.status_code != 200:
        raise RuntimeError(f"the overview answered {answer.status_code}")
    return time.perf_counter() - begun


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    main()
