"""What grading announces."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class SubmissionGraded:
    """A result was written: the first of a submission, or one that replaces another."""

    submission: UUID
    result: UUID
    learner: UUID
    cohort: UUID


@dataclass(frozen=True)
class SubmissionSetAside:
    """A run met our fault too often. The learner lost nothing and no attempt."""

    submission: UUID
    run: UUID
