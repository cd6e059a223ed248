"""Where a prompt says its decisions, line by line, as the page marks it.

Pure functions of a text and of what a verdict reveals about it. Spans count characters.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["", "said", "half"]
STATES = {"solid": "ok", "check": "bad", "lucky": "luck", "missing": ""}


@dataclass(frozen=True)
class Piece:
    """A stretch of a line. ``kind`` is empty, said or half."""

    text: str
    kind: Kind = ""


@dataclass(frozen=True)
class Tie:
    """A decision's number at the end of a line that speaks of it. ``state``: ok, bad, luck."""

    number: int
    state: str


@dataclass(frozen=True)
class MarkedLine:
    number: int
    pieces: tuple[Piece, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    kind: Kind
    tie: Tie


def marked_lines(text: str, decisions: Iterable[Mapping[str, Any]]) -> list[MarkedLine]:
    """The text's lines, with what was read as saying a decision."""
    spans = list(_spans(text, decisions))
    lines, start = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        end = start + len(line)
        here = [span for span in spans if span.start < end and span.end > start]
        ends = [span for span in spans if start < span.end <= end]
        lines.append(
            MarkedLine(
                number=number,
                pieces=tuple(_pieces(text, start, end, here)),
                ties=tuple(dict.fromkeys(span.tie for span in ends)),
            )
        )
        start = end + 1
    return lines


def line_of(text: str, decision: Mapping[str, Any]) -> int | None:
    """The number of the line on which the decision is first said, if it is."""
    starts = [start for start, _ in (*decision["spans"], *decision["half"])]
    return text.count("\n", 0, min(starts)) + 1 if starts else None


def _spans(text: str, decisions: Iterable[Mapping[str, Any]]) -> Iterable[_Span]:
    for decision in decisions:
        tie = Tie(number=decision["number"], state=STATES.get(decision["cell"], ""))
        kinds: tuple[tuple[Kind, str], ...] = (("said", "spans"), ("half", "half"))
        for kind, name in kinds:
            for start, end in decision[name]:
                if 0 <= start < end <= len(text):
                    yield _Span(start, end, kind, tie)


def _pieces(text: str, start: int, end: int, spans: Sequence[_Span]) -> Iterable[Piece]:
    """The line cut at the edges of its spans; what is said in full wins over half."""
    edges = {start, end}
    for span in spans:
        edges |= {max(start, span.start), min(end, span.end)}
    cuts = sorted(edges)
    for left, right in itertools.pairwise(cuts):
        kinds = {span.kind for span in spans if span.start <= left and span.end >= right}
        kind: Kind = "said" if "said" in kinds else "half" if "half" in kinds else ""
        yield Piece(text[left:right], kind)
