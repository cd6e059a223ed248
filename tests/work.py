"""Hand work in and have it judged, the way the tests say it."""

from __future__ import annotations

from uuid import UUID, uuid4

from countersign.cohorts.models import Enrolment
from countersign.exercises.models import ExerciseVersion
from countersign.grading import services
from countersign.grading.models import Result, Run
from countersign.submissions.models import Submission
from grader.verdict import RequirementResult, Status, TestResult, TestStatus, Verdict
from tests.cast import RIGHT, answer

CANARY = "canary-7c31"


def hand_in(
    place: Enrolment, version: ExerciseVersion, code: str = RIGHT, key: UUID | None = None
) -> Submission:
    receipt = services.hand_in(
        enrolment=place, version=version, answer=answer(code), key=key or uuid4()
    )
    return receipt.submission


def run_of(submission: Submission) -> Run:
    return submission.runs.order_by("-number").get()


def newest_run(submission: Submission) -> Run:
    run = submission.runs.order_by("-number").first()
    assert run is not None
    return run


def claimed(run: Run) -> services.Claim:
    found = services.claim(run.pk, worker="test")
    assert found is not None
    return found


def verdict(score: float | None = 100.0, *, status: Status | None = None) -> Verdict:
    """A verdict with one visible and one hidden check; the hidden one carries the canary."""
    passed = score == 100.0
    if status is None:
        status = Status.PASSED if passed else Status.FAILED
    ended = TestStatus.PASSED if passed else TestStatus.FAILED
    return Verdict(
        status=status,
        score=score if status.is_graded else None,
        tests=(
            TestResult(
                id="toddler", title="A toddler", status=TestStatus.PASSED, requirement="child",
                visible=True, called="price(3)", expected="5", got="5",
            ),
            TestResult(
                id=CANARY, title=CANARY, status=ended, requirement="child",
                called=CANARY, expected=CANARY, got=CANARY,
            ),
        ),
        requirements=(
            RequirementResult(
                id="child", says="Children up to 12 pay 5.", weight=2,
                passed=2 if passed else 1, total=2, feedback="Which is the last age?",
            ),
        ),
        engine="code@test",
        isolation="scripted",
        details={"sealed": CANARY},
    )  # fmt: skip


def settled(submission: Submission, found: Verdict) -> Result:
    result = services.settle(claimed(newest_run(submission)), found)
    assert result is not None
    return result


def graded(
    place: Enrolment, version: ExerciseVersion, score: float = 100.0, code: str | None = None
) -> Result:
    """One submission, handed in and judged with this score."""
    return settled(hand_in(place, version, code or f"# {uuid4()}\n{RIGHT}"), verdict(score))
