"""Puts a unified diff onto the files it changes, so that what it leads to can be run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_HUNK = re.compile(r"^@@ -(\d+)(?:,\d+)? \+\d+(?:,\d+)? @@")


class DiffError(ValueError):
    """The diff doesn't fit the files; the message says where."""


@dataclass(frozen=True, kw_only=True)
class _Hunk:
    file: str
    start: int  # in the old file, from 1
    old: tuple[str, ...]
    new: tuple[str, ...]


def patched(files: Mapping[str, str], diff: str) -> dict[str, str]:
    """The files as the diff leaves them. Raises DiffError.

    The counts in a hunk's head aren't looked at: an edited hunk may be longer than they say.
    """
    texts = dict(files)
    shift: dict[str, int] = {}
    for hunk in _hunks(diff):
        if hunk.file not in texts:
            raise DiffError(f"there is no file {hunk.file} to change")
        lines = texts[hunk.file].removesuffix("\n").split("\n")
        at = hunk.start - 1 + shift.get(hunk.file, 0)
        if tuple(lines[at : at + len(hunk.old)]) != hunk.old:
            raise DiffError(f"the part at line {hunk.start} doesn't fit {hunk.file}")
        lines[at : at + len(hunk.old)] = hunk.new
        texts[hunk.file] = "\n".join(lines) + "\n"
        shift[hunk.file] = shift.get(hunk.file, 0) + len(hunk.new) - len(hunk.old)
    return texts


def _hunks(diff: str) -> Iterator[_Hunk]:
    file, start = "", 0
    old: list[str] = []
    new: list[str] = []
    for line in [*diff.removesuffix("\n").split("\n"), "@@ -1 +1 @@"]:
        head = _HUNK.match(line)
        if head or line.startswith(("--- ", "diff ")):
            if old or new:
                yield _Hunk(file=file, start=start, old=tuple(old), new=tuple(new))
            old, new, start = [], [], int(head[1]) if head else 0
        elif line.startswith("+++ "):
            file = line[4:].split("\t")[0].strip().removeprefix("b/")
        elif start:
            _take(line, old, new)


def _take(line: str, old: list[str], new: list[str]) -> None:
    if line.startswith("\\"):  # "\ No newline at end of file"
        return
    if not line.startswith("+"):
        old.append(line[1:])
    if not line.startswith("-"):
        new.append(line[1:])
