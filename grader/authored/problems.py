"""What is wrong with authored files, said so that the author can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, kw_only=True)
class AuthorProblem:
    """One fault in authored files. ``line`` counts from 1; 0 where no line is to blame."""

    file: str
    message: str
    remedy: str
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message} {self.remedy}".strip()

    def within(self, folder: str) -> AuthorProblem:
        """The same problem with its file named from further up the tree."""
        return replace(self, file=f"{folder}/{self.file}" if self.file else folder)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class ExerciseError(Exception):
    """Authored files can't be used. ``problems`` names each fault with its remedy."""

    def __init__(self, problems: Iterable[AuthorProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A fault inside one YAML file, at a path of keys and positions. ``file`` names another file
    of the folder where that one is to blame."""

    path: tuple[str | int, ...]
    message: str
    remedy: str
    file: str = ""
