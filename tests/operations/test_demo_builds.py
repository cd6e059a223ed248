"""The demo plays stored sessions through the services, as a learner would."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from countersign.grading import services
from countersign.grading.services import work
from countersign.operations.demo_builds import play
from countersign.submissions.services import open_attempt
from grader.publish import stored_answer
from tests.build import EXERCISE, build_version
from tests.cast import Cast


@pytest.fixture(autouse=True)
def a_sandbox_that_closes() -> Iterator[None]:
    yield
    work.close_tools()


def test_a_stored_session_that_fails_and_one_that_passes_come_out_as_named(people: Cast) -> None:
    version = build_version()
    attempt = open_attempt(enrolment=people.ada_place, version=version)
    scores = []
    for name in ("failed-believes-the-green-ones", "passed-checks-again"):
        answer = play(attempt, stored_answer(EXERCISE, f"answers/{name}.yaml"))
        receipt = services.hand_in(
            enrolment=people.ada_place, version=version, answer=answer, key=uuid4()
        )
        services.grade_next()
        scores.append(receipt.submission.results.get().score)

    assert scores == [50, 100]
