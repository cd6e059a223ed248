"""How hard a learner's text is to read, estimated from sentences, words and syllables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_SENTENCE = 30  # words
OLDEST_READER = 14  # years
FEWEST_WORDS = 40  # below that an estimate says little

_FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_CODE = re.compile(r"`+[^`]*`+")
_BLOCK_START = re.compile(r"^\s*(?:[-*+>]|\d+[.)]|#+)\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)*_]*\s+")
_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_VOWELS = re.compile(r"[aeiouyåäöæø]+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence and the line of the text on which its block begins."""

    text: str
    line: int

    @property
    def words(self) -> list[str]:
        return _WORD.findall(self.text)


def sentences(markdown: str) -> list[Sentence]:
    """The sentences of Markdown; code blocks and tables are not sentences."""
    prose = _COMMENT.sub(_same_lines, _FENCE.sub(_same_lines, markdown))
    return [sentence for block, line in _blocks(prose) for sentence in _split(block, line)]


def long_sentences(markdown: str) -> list[Sentence]:
    return [each for each in sentences(markdown) if len(each.words) > LONGEST_SENTENCE]


def images_without_words(markdown: str) -> list[int]:
    """The lines of images whose alternative text is empty."""
    return [
        markdown.count("\n", 0, image.start()) + 1
        for image in _IMAGE.finditer(markdown)
        if not image[1].strip()
    ]


def reading_age(markdown: str) -> float | None:
    """The Flesch-Kincaid grade (Kincaid et al. 1975) plus five years; None for short texts."""
    found = sentences(markdown)
    words = [word for sentence in found for word in sentence.words]
    if len(words) < FEWEST_WORDS:
        return None
    syllables = sum(map(_syllables, words))
    grade = 0.39 * len(words) / len(found) + 11.8 * syllables / len(words) - 15.59
    return round(grade + 5, 1)


def _same_lines(block: re.Match[str]) -> str:
    return "\n" * block[0].count("\n")


def _blocks(prose: str) -> Iterator[tuple[str, int]]:
    """Paragraphs, list items and headings, each as one text with its first line's number."""
    lines: list[str] = []
    start = 1
    for number, line in enumerate([*prose.split("\n"), ""], start=1):
        if lines and (not line.strip() or _BLOCK_START.match(line)):
            yield " ".join(lines), start
            lines = []
        if line.strip() and not line.lstrip().startswith("|"):
            start = start if lines else number
            lines.append(_BLOCK_START.sub("", line.strip()))


def _split(block: str, line: int) -> Iterator[Sentence]:
    plain = _CODE.sub("code", _LINK.sub(r"\1", _IMAGE.sub(r"\1", block)))
    for text in _SENTENCE_END.split(plain):
        if _WORD.search(text):
            yield Sentence(text=text.strip(), line=line)


def _syllables(word: str) -> int:
    groups = len(_VOWELS.findall(word))
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and groups > 1
    return max(1, groups - silent)
