"""Two tries side by side: the same lines beside each other, changed ones marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from countersign.exercises.kinds import face_of
from countersign.exercises.kinds.face import FILES
from countersign.exercises.models import ExerciseVersion
from countersign.grading.models import Result
from countersign.submissions.models import Submission

Handed = tuple[Submission, Result | None]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line on each side; a number is 0 where that side has no line."""

    left: str = ""
    right: str = ""
    left_number: int = 0
    right_number: int = 0
    changed: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One file, or one question, in both tries."""

    name: str
    rows: tuple[Row, ...]

    @property
    def same(self) -> bool:
        return not any(row.changed for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Two tries by their numbers, sheet by sheet."""

    first: int
    second: int
    first_passed: int
    second_passed: int
    first_total: int
    second_total: int
    sheets: tuple[Sheet, ...]


def compared(version: ExerciseVersion, first: Handed, second: Handed) -> Compared:
    """The two tries, with what passed in each."""
    left, right = (_texts(version, *handed) for handed in (first, second))
    names = list(dict.fromkeys([*left, *right]))
    return Compared(
        first=first[0].number,
        second=second[0].number,
        first_passed=first[1].tests_passed if first[1] else 0,
        second_passed=second[1].tests_passed if second[1] else 0,
        first_total=first[1].tests_total if first[1] else 0,
        second_total=second[1].tests_total if second[1] else 0,
        sheets=tuple(
            Sheet(name=name, rows=tuple(side_by_side(left.get(name, ""), right.get(name, ""))))
            for name in names
        ),
    )


def _texts(
    version: ExerciseVersion, submission: Submission, result: Result | None
) -> dict[str, str]:
    """What was handed in, as named texts."""
    face = face_of(version)
    if face.handed_in != FILES:
        tests = result.verdict.tests if result else ()
        return {test.title: test.got for test in tests if test.visible}
    parts = face.work(version, submission.as_answer, {})
    return {part["name"]: part["text"] for part in parts}


def side_by_side(left: str, right: str) -> Iterator[Row]:
    """Line by line; a changed stretch stands beside what replaced it."""
    old, new = left.rstrip("\n").split("\n"), right.rstrip("\n").split("\n")
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for at, to in zip_longest(range(a, b), range(c, d)):
            yield Row(
                left=old[at] if at is not None else "",
                right=new[to] if to is not None else "",
                left_number=at + 1 if at is not None else 0,
                right_number=to + 1 if to is not None else 0,
                changed=tag != "equal",
            )
