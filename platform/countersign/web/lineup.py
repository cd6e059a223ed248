"""What a learner typed beside what a program really printed, piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stands in both (`same`), or in this one only."""

    text: str
    same: bool


@dataclass(frozen=True)
class Lineup:
    """Both texts, cut at the same places."""

    given: tuple[Piece, ...]
    printed: tuple[Piece, ...]


def line_up(given: str, printed: str) -> Lineup:
    """Compare two short texts character by character."""
    steps = SequenceMatcher(None, given, printed, autojunk=False).get_opcodes()
    return Lineup(
        given=tuple(Piece(given[a:b], tag == "equal") for tag, a, b, _, _ in steps if b > a),
        printed=tuple(Piece(printed[a:b], tag == "equal") for tag, _, _, a, b in steps if b > a),
    )
