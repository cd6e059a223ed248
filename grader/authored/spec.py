"""What exercises of every kind have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from grader.authored.model import Authored, Line, SkillId, Words
from grader.authored.problems import Fault
from grader.sandbox.base import Limits

CEILINGS = Limits()


class LimitsSpec(Authored):
    """An exercise's own limits. They may only be tighter than the site's."""

    cpu_per_case: float = Field(default=CEILINGS.cpu_per_case, ge=0.1, le=CEILINGS.cpu_per_case)
    cpu_total: float = Field(default=CEILINGS.cpu_total, ge=0.1, le=CEILINGS.cpu_total)
    memory_mb: int = Field(default=CEILINGS.memory_mb, ge=32, le=CEILINGS.memory_mb)
    output_bytes: int = Field(default=CEILINGS.output_bytes, ge=256, le=CEILINGS.output_bytes)

    def under(self, ceilings: Limits) -> Limits:
        """These limits, lowered to the site's where the site allows less."""
        return replace(
            ceilings,
            cpu_per_case=min(self.cpu_per_case, ceilings.cpu_per_case),
            cpu_total=min(self.cpu_total, ceilings.cpu_total),
            memory_mb=min(self.memory_mb, ceilings.memory_mb),
            output_bytes=min(self.output_bytes, ceilings.output_bytes),
        )


class Spec(Authored):
    """``exercise.yaml``: the keys of all kinds. Each kind adds its own."""

    uuid: Annotated[UUID, Field(strict=False)]
    title: Line
    kind: str
    skills: list[SkillId] = Field(min_length=1, max_length=4)
    minutes: int = Field(ge=1, le=180)
    aided: bool = True
    open: bool = False
    summary: Line
    hints: list[Words] = Field(min_length=3, max_length=3)
    limits: LimitsSpec = LimitsSpec()

    @property
    def answer_file(self) -> str:
        """The file that an answer of one file is; empty where answers are fields."""
        return ""

    def stored_fields(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of an answer that stands in a file, as a learner would have given them."""
        return dict(fields)

    @abstractmethod
    def faults(self, files: Mapping[str, str]) -> Iterator[Fault]:
        """What is wrong across keys or between ``exercise.yaml`` and the folder's files."""

    def gaps(self, files: Mapping[str, str]) -> Iterator[Fault]:
        """What answers can be graded without, and learners can't be given the exercise without."""
        del files
        return iter(())

    @abstractmethod
    def shown(self, files: Mapping[str, str]) -> dict[str, Any]:
        """The kind's part of what a learner may see, as JSON values."""

    @abstractmethod
    def hidden_texts(self, files: Mapping[str, str]) -> Iterator[str | float]:
        """Each text and number that only the checks know; feedback never quotes them."""


def repeated(names: list[str]) -> set[str]:
    """The names that stand there more than once."""
    return {name for name in names if names.count(name) > 1}
