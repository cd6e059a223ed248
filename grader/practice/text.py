"""A prompt as the matcher reads it, with the way back to the text as it was typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOST_CHARACTERS = 4000
"""What is read of a text. Prompts are refused long before."""

_UNSEEN = frozenset(
    map(chr, (0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)))
) | frozenset(map(chr, range(0x2060, 0x2070)))
_UNSEEN_PATTERN = re.compile(f"[{''.join(sorted(_UNSEEN))}]|[\U000e0000-\U000e007f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"'}
    | {"»": '"', "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "→": ">", "⇒": ">", "×": "*"}
    | {"≥": "≥", "≤": "≤", "•": "•", "\t": " ", "\u00a0": " "}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The normalised text. ``origin[i]`` is where its character i stands in the typed text."""

    text: str
    origin: tuple[int, ...] | None
    """None where both are the same, character by character."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The typed text's own positions of what stands between two of ours."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


def unseen(text: str) -> bool:
    """Whether the text holds characters that nobody can see: zero-width, or turning its
    direction round."""
    return not text.isascii() and _UNSEEN_PATTERN.search(text) is not None


def without_unseen(text: str) -> str:
    """The text without what nobody can see, and without control characters."""
    return _CONTROL.sub("", _UNSEEN_PATTERN.sub("", text))


def read(text: str) -> Reading:
    """NFKC, case folded, unseen characters gone, typographic marks plain, and capped."""
    text = text[:MOST_CHARACTERS]
    if text.isascii():
        return Reading(text=text.lower().translate(_PLAIN), origin=None)
    folded: list[str] = []
    origin: list[int] = []
    for at, character in enumerate(text):
        for part in _folded(character):
            folded.append(part)
            origin.append(at)
    return Reading(text="".join(folded), origin=tuple(origin))


def _folded(character: str) -> str:
    if character < "\x80":
        return character.lower().translate(_PLAIN)
    if _UNSEEN_PATTERN.match(character):
        return ""
    plain = character.translate(_PLAIN)
    if plain != character:
        return plain
    return unicodedata.normalize("NFKC", character).casefold().translate(_PLAIN)
