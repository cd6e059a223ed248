"""The artefact as numbered lines: spans of it, and the same text with some lines replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SPAN = re.compile(r"^\s*[Ll]?(\d{1,6})\s*(?:[-–—]\s*[Ll]?(\d{1,6}))?\s*$")


@dataclass(frozen=True, kw_only=True, order=True)
class Span:
    """The lines ``first`` to ``last``, both of them included, counted from 1."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def lines(self) -> range:
        return range(self.first, self.last + 1)

    def touches(self, other: Span) -> bool:
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, kw_only=True)
class Edit:
    """New text for some lines. An empty text takes them out."""

    span: Span
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.removesuffix("\n").split("\n") if self.text.strip("\n") else []


def read_span(said: object) -> Span | None:
    """``12``, ``12-13`` or ``[12, 13]`` as a span, in either order; None for anything else."""
    match said:
        case bool():
            return None
        case int():
            return _span(said, said)
        case [int() as first, int() as last] if not isinstance(first, bool):
            return _span(first, last)
        case [int() as only] if not isinstance(only, bool):
            return _span(only, only)
        case str() if found := _SPAN.match(said):
            return _span(int(found[1]), int(found[2] or found[1]))
    return None


def _span(first: int, last: int) -> Span:
    return Span(first=min(first, last), last=max(first, last))


def lines_of(text: str) -> list[str]:
    """The lines of a text; a newline at the end begins no further one."""
    return text.removesuffix("\n").split("\n")


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with each edit made. The spans must not touch each other."""
    lines = lines_of(text)
    for edit in sorted(edits, key=lambda each: each.span, reverse=True):
        lines[edit.span.first - 1 : edit.span.last] = edit.lines
    return "\n".join(lines) + "\n"


def aligned(edit: Edit, text: str) -> Edit:
    """An author's edit at the indentation of the line it begins at, where it has none itself.

    YAML takes the indentation of a block's first line for its own, so authored lines often
    arrive without it.
    """
    lines = lines_of(text)
    given = lines[edit.span.first - 1] if edit.span.first <= len(lines) else ""
    space = given[: len(given) - len(given.lstrip(" "))]
    if not space or edit.text.startswith((" ", "\t")):
        return edit
    shifted = [space + line if line.strip() else line for line in edit.text.split("\n")]
    return Edit(span=edit.span, text="\n".join(shifted))


def marked(spans: Iterable[Span]) -> frozenset[int]:
    """The numbers of all lines in some span."""
    return frozenset(line for span in spans for line in span.lines)


def overlapping(spans: Sequence[Span]) -> tuple[Span, Span] | None:
    """Two spans that share a line, if there are any."""
    inorder = sorted(spans)
    return next(((one, two) for one, two in pairwise(inorder) if one.touches(two)), None)
