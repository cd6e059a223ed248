"""Words, numbers and marks of a text, with their places."""

from __future__ import annotations

import re
from typing import NamedTuple

from grader.practice.words import NUMBERS, ORDINALS, TENS, number, spelled


class Token(NamedTuple):
    """A word as it is looked up, and its place in the normalised text."""

    word: str
    start: int
    end: int
    raw: str
    quoted: bool = False


class Mark(NamedTuple):
    """Something between words that may end a clause or a sentence."""

    sign: str  # . , : ; ( ) newline bullet dash
    start: int
    end: int


Part = Token | Mark

_ABBREVIATION = re.compile(
    r"\b(?:e\.g\.|i\.e\.|d\.p\.?(?=\W|$)|etc\.(?=\s*[,a-z])|vs\.|approx\.|no\.(?=\s*\d))"
)
_QUOTED = re.compile(r'"[^"\n]{0,60}"|(?<![a-z0-9])\'[^\'\n]{0,60}\'(?![a-z0-9])')
_PART = re.compile(
    r"""(?P<number>(?:(?<![\w)\]])-)?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+))
      | (?P<word>w/o(?:ut)?|[^\W\d_]+(?:'[^\W\d_]+)*)
      | (?P<symbol>>=|<=|==|!=|->|=>|[<>=≥≤%$£€+*/&≠])
      | (?P<newline>[ ]*\n[\n ]*(?:(?P<bullet>
            [-*•>·+o](?=\s)|\(?\d{1,2}[.)](?=\s)|\(?[a-z][.)](?=\s))[ ]*)?)
      | (?P<mark>[.!?]+(?=["')\]]*(?:\s|$))|[;:,()]|\s-+\s|\.\.\.)
    """,
    re.VERBOSE,
)
_SIGNS = {"!": ".", "?": ".", ".": ".", ";": ".", ":": ":", ",": ",", "(": "(", ")": ")"}
_FIRST_BULLET = re.compile(r"\s*(?:[-*•>·+](?=\s)|\(?\d{1,2}[.)](?=\s))\s*")


def parts_of(text: str) -> list[Part]:
    """The tokens and marks of a normalised text, in order."""
    text = _ABBREVIATION.sub(_without_dots, text)
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    parts: list[Part] = []
    depth = 0
    first = _FIRST_BULLET.match(text)
    for match in _PART.finditer(text, first.end() if first else 0):
        start, end = match.span()
        kind = match.lastgroup if match.lastgroup != "bullet" else "newline"
        if kind == "number":
            _add_number(parts, match[0], start, end, _inside(quoted, start))
        elif kind == "word":
            _add_word(parts, match[0], start, end, _inside(quoted, start))
        elif kind == "symbol":
            parts.append(Token(spelled(match[0]), start, end, match[0], _inside(quoted, start)))
        elif kind == "newline":
            depth = 0
            parts.append(Mark("bullet" if match["bullet"] else "newline", start, end))
        else:
            depth = _add_mark(parts, match, depth)
    return parts


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _without_dots(match: re.Match[str]) -> str:
    bare = match[0].replace(".", "")
    return bare.ljust(len(match[0]))


def _add_number(parts: list[Part], text: str, start: int, end: int, quoted: bool) -> None:
    if text[0] == "-":
        parts.append(Token("negative", start, start + 1, "-", quoted))
        text, start = text[1:], start + 1
    parts.append(Token(number(text), start, end, text, quoted))


def _add_word(parts: list[Part], text: str, start: int, end: int, quoted: bool) -> None:
    before = parts[-1] if parts else None
    if isinstance(before, Token) and before.end == start and before.word[0].isdigit():
        ordinal = ORDINALS.get(before.raw + text)
        if ordinal is not None:
            parts[-1] = Token(ordinal, before.start, end, before.raw + text, quoted)
            return
        if text == "f":
            text = "dp"
    word = spelled(text)
    if isinstance(before, Token) and text in NUMBERS and _goes_with(before, start, word):
        value = str(int(before.word) + int(word))
        parts[-1] = Token(value, before.start, end, before.raw + text, quoted)
        return
    parts.append(Token(word, start, end, text, quoted))


def _goes_with(before: Token, start: int, word: str) -> bool:
    """Whether a number word goes on a tens word: "twenty-one"."""
    return before.raw in TENS and start - before.end <= 1 and 0 < int(word) < 10


def _add_mark(parts: list[Part], match: re.Match[str], depth: int) -> int:
    """Add a mark; the arguments of a call in code are one clause. Returns the depth of calls."""
    start, end = match.span()
    source, sign = match.string, match[0].strip()[0]
    if sign == "(" and start and (source[start - 1].isalnum() or source[start - 1] == "_"):
        return depth + 1
    if depth and sign in "),":
        return depth - (sign == ")")
    if sign == "-":
        parts.append(Mark("dash", start, end))
    else:
        parts.append(Mark(_SIGNS.get(sign, "."), start, end))
    return depth
