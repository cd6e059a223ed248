"""A track of exercises as other people write them: one text each, its files between --- lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from grader.checks.mutants import mutants

FOLDER = Path(__file__).parent / "exercises"
_SECTION = re.compile(r"^--- (.+)\n", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class TrackExercise:
    """A program that passes, programs that were meant to be wrong, and unmodified test files."""

    name: str
    program: str
    solution: str
    others: Mapping[str, str]
    tests: Mapping[str, str]
    aside: Mapping[str, str]

    def programs(self, *, most_mutants: int) -> Iterator[tuple[str, str]]:
        """The solution, the other programs, and mutants spread over the solution."""
        yield "the solution", self.solution
        yield from self.others.items()
        every = list(mutants(self.solution))
        step = max(1, len(every) // most_mutants) if most_mutants else 1
        chosen = islice(every, 0, None, step)
        for number, mutant in enumerate(islice(chosen, most_mutants)):
            yield f"mutant {number}, line {mutant.line}: {mutant.what}", mutant.source


def read(path: Path) -> TrackExercise:
    """The first file is the program; ``wrong: …`` and ``right: …`` are others of its name."""
    _, *parts = _SECTION.split(path.read_text())
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    program, solution = next(iter(sections.items()))
    others = {
        name: text for name, text in sections.items() if name.startswith(("wrong: ", "right: "))
    }
    rest = {k: v for k, v in sections.items() if k != program and k not in others}
    tests = {k: v for k, v in rest.items() if k.split("/")[-1].startswith(("test", "conftest"))}
    aside = {k: v for k, v in rest.items() if k not in tests}
    return TrackExercise(
        name=path.stem, program=program, solution=solution, others=others, tests=tests, aside=aside
    )


TRACK = {path.stem: read(path) for path in sorted(FOLDER.glob("*.txt"))}
