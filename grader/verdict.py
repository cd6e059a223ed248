"""What the grader found, as plain frozen data.

A verdict is about the learner's work only. A fault of ours is an exception
(``grader.sandbox.base.SandboxUnavailable``, ``HarnessBroken``) and never a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a submission ended. Only PASSED and FAILED carry a score."""

    PASSED = "passed"
    FAILED = "failed"
    INVALID = "invalid"  # could not be graded: does not parse, empty, too large
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_LIMIT = "output_limit"

    @property
    def is_graded(self) -> bool:
        return self in (Status.PASSED, Status.FAILED)


class TestStatus(StrEnum):
    """How one check ended."""

    __test__ = False  # the name begins with Test; pytest shall not collect it

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"  # the learner's code raised where a value was expected
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_LIMIT = "output_limit"
    NOT_RUN = "not_run"


@dataclass(frozen=True, kw_only=True)
class TestResult:
    """One check. Values are display strings, capped and safe to store, never objects.

    ``visible`` is the author's mark: only then may a learner see ``called``, ``expected``,
    ``got`` and ``output``. ``message`` never quotes a hidden value. ``duration`` in seconds.
    """

    __test__ = False

    id: str
    title: str
    status: TestStatus
    requirement: str = ""
    visible: bool = False
    message: str = ""
    called: str = ""
    expected: str = ""
    got: str = ""
    output: str = ""
    duration: float = 0.0

    def for_learner(self) -> TestResult:
        """The same check without what the author keeps hidden (id, title and values).

        The duration goes too: code that knows a hidden value can take its time to tell it.
        """
        if self.visible:
            return self
        return replace(
            self, id="", title="", called="", expected="", got="", output="", duration=0.0
        )


@dataclass(frozen=True, kw_only=True)
class RequirementResult:
    """One rule of the exercise: ``passed`` of ``total`` checks held. It passes when all do."""

    id: str
    says: str
    weight: float
    passed: int
    total: int
    feedback: str = ""

    @property
    def holds(self) -> bool:
        return self.total > 0 and self.passed == self.total


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why work is INVALID or stopped, for a beginner: ``line`` counts from 1, 0 if unknown."""

    code: str  # stable key: syntax_error, empty, too_large, missing_function, timed_out, …
    message: str
    line: int = 0
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One thing to say about a learner's code: a key, where, and words from that very code.

    ``line`` counts from 1. What is said is the coach's: docs/comment-keys.md lists the keys.
    """

    key: str
    file: str
    line: int
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the grader found.

    ``score`` is 0 to 100, rounded to 0.1, and None unless ``status.is_graded``.
    ``engine`` and ``versions`` say what judged it; ``details`` is the kind's own evidence
    (JSON values) for the face of that kind and is not shown to learners as it stands.
    """

    status: Status
    score: float | None = None
    max_score: float = 100.0
    tests: tuple[TestResult, ...] = ()
    requirements: tuple[RequirementResult, ...] = ()
    problem: Problem | None = None
    remarks: tuple[Remark, ...] = ()  # of the static layer, from the learner's code alone
    output: str = ""  # what the learner's own code printed, capped
    engine: str = ""
    isolation: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    phases: Mapping[str, float] = field(default_factory=dict)  # seconds by phase
    details: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.status.is_graded != (self.score is not None):
            raise ValueError("a score belongs to a graded verdict, and only to it")

    @property
    def tests_passed(self) -> int:
        return sum(test.status is TestStatus.PASSED for test in self.tests)

    def for_learner(self) -> Verdict:
        """The verdict with everything removed that the author keeps hidden."""
        return replace(
            self,
            tests=tuple(test.for_learner() for test in self.tests),
            details={},
        )

    def as_json(self) -> dict[str, Any]:
        """JSON values only; ``Verdict.from_json`` is its inverse."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Verdict:
        """Rebuild a stored verdict. Raises ValueError or TypeError if it is not one."""
        known = dict(value)
        problem = known.pop("problem", None)
        return cls(
            status=Status(known.pop("status")),
            tests=tuple(
                TestResult(**{**test, "status": TestStatus(test["status"])})
                for test in known.pop("tests", ())
            ),
            requirements=tuple(
                RequirementResult(**requirement) for requirement in known.pop("requirements", ())
            ),
            problem=Problem(**problem) if problem else None,
            remarks=tuple(Remark(**remark) for remark in known.pop("remarks", ())),
            **known,
        )
