"""What learning announces."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class EvidenceLeftOut:
    """A learner left a task out of what employers see, or took it in again."""

    learner: UUID
    cohort: UUID
