"""Sums over the cells of a case: worked out exactly, never typed by anyone.

A sum is what a spreadsheet would take: ``100 * D4 / sum(D2:D9)``. There are ``+ - * / ( )``,
numbers, cells, ranges and the functions of ``FUNCTIONS``. Names stand for other sums.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.kinds.decide.sources import Sources, number_in

LONGEST_SUM = 300
DEEPEST_SUM = 20
MOST_DIGITS = 60

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w!])"
    r"|(?P<cells>(?:[a-z][a-z0-9-]*!)?[A-Za-z]\d{1,3}(?:\s*:\s*[A-Za-z]\d{1,3})?)(?![\w(!])"
    r"|(?P<name>[a-z][a-z0-9_]*)"
    r'|"(?P<text>[^"]*)"'
    r"|(?P<sign>[-+*/(),\u2212\u00d7\u00f7]))"
)
_SIGNS = {"\u2212": "-", "\u00d7": "*", "\u00f7": "/"}


class SumError(ValueError):
    """A sum can't be worked out; the message says why in a few words."""


@dataclass(frozen=True, kw_only=True)
class Worked:
    """A sum's value, and the cells that it was worked out from."""

    value: Fraction
    cells: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class _Range:
    """The texts of some cells, in order."""

    texts: tuple[str, ...]

    def numbers(self) -> list[Fraction]:
        return [number for text in self.texts if (number := number_in(text)) is not None]


_Part = Fraction | _Range | str


def worked(text: str, *, sources: Sources, names: Mapping[str, Fraction] | None = None) -> Worked:
    """Work a sum out. Raises SumError: unreadable, an unknown cell, no number, division by 0."""
    if len(text) > LONGEST_SUM:
        raise SumError(f"a sum has at most {LONGEST_SUM} characters")
    reader = _Reader(tokens=list(_tokens(text)), sources=sources, names=names or {})
    return Worked(value=reader.whole(), cells=frozenset(reader.cells))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    text = text.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.end() == at:
            raise SumError(f"“{text[at : at + 12]}” can't be read")
        kind = str(found.lastgroup)
        yield kind, _SIGNS.get(found[kind], found[kind])
        at = found.end()


@dataclass(kw_only=True)
class _Reader:
    """Reads one sum from left to right: terms of factors, as everybody learnt at school."""

    tokens: Sequence[tuple[str, str]]
    sources: Sources
    names: Mapping[str, Fraction]
    at: int = 0
    depth: int = 0
    cells: set[str] = field(default_factory=set)

    def whole(self) -> Fraction:
        value = self._number(self._sum())
        if self.at < len(self.tokens):
            raise SumError(f"“{self.tokens[self.at][1]}” is in the way")
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > 4 * MOST_DIGITS:
            raise SumError("the number is too long")
        return value

    def _next(self, *signs: str) -> str:
        """The next token if it is one of these signs, else an empty text."""
        if self.at < len(self.tokens) and self.tokens[self.at] in [("sign", s) for s in signs]:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def _sum(self) -> _Part:
        self.depth += 1
        if self.depth > DEEPEST_SUM:
            raise SumError("the brackets are nested too deeply")
        value = self._product()
        while sign := self._next("+", "-"):
            other = self._number(self._product())
            value = self._number(value) + (other if sign == "+" else -other)
        self.depth -= 1
        return value

    def _product(self) -> _Part:
        value = self._factor()
        while sign := self._next("*", "/"):
            other = self._number(self._factor())
            if sign == "/" and not other:
                raise SumError("it divides by 0")
            value = self._number(value) * (other if sign == "*" else 1 / other)
        return value

    def _factor(self) -> _Part:
        sign = 1
        while found := self._next("-", "+"):
            sign = -sign if found == "-" else sign
        value = self._plain()
        return value if sign == 1 else -self._number(value)

    def _plain(self) -> _Part:
        if self._next("("):
            value = self._sum()
            self._close()
            return value
        if self.at >= len(self.tokens):
            raise SumError("something is missing at the end")
        kind, text = self.tokens[self.at]
        self.at += 1
        match kind:
            case "number":
                return Fraction(text)
            case "text":
                return text
            case "cells":
                return self._cells(text)
            case "name" if self._next("("):
                return self._called(text)
            case "name" if text in self.names:
                return self.names[text]
        raise SumError(f"“{text}” has no meaning here")

    def _close(self) -> None:
        if not self._next(")"):
            raise SumError("a bracket isn't closed")

    def _cells(self, text: str) -> _Part:
        table_id, _, cells = "".join(text.split()).rpartition("!")
        table = self.sources.tables.get(table_id or self.sources.only_table)
        if table is None:
            raise SumError(f"“{text}” doesn't say which table")
        first, _, last = cells.partition(":")
        names = table.between(first, last or first)
        found = [table.cell(name) for name in names]
        if None in found:
            raise SumError(f"there is no {text}")
        self.cells.update(f"{table.id}!{name}" for name in names)
        texts = tuple(each for each in found if each is not None)
        if last:
            return _Range(texts=texts)
        number = number_in(texts[0])
        return texts[0] if number is None else number

    def _called(self, name: str) -> Fraction:
        function = FUNCTIONS.get(name)
        if function is None:
            raise SumError(f"there is no {name}()")
        parts = [self._sum()]
        while self._next(","):
            parts.append(self._sum())
        self._close()
        return function(parts)

    @staticmethod
    def _number(part: _Part) -> Fraction:
        if isinstance(part, Fraction):
            return part
        if isinstance(part, str):
            raise SumError(f"“{part[:20]}” isn't a number")
        raise SumError("a range needs sum(), mean(), count(), min() or max() around it")


def _numbers(parts: Sequence[_Part]) -> list[Fraction]:
    found: list[Fraction] = []
    for part in parts:
        if isinstance(part, str):
            raise SumError(f"“{part[:20]}” isn't a number")
        found += part.numbers() if isinstance(part, _Range) else [part]
    return found


def _some(parts: Sequence[_Part]) -> list[Fraction]:
    found = _numbers(parts)
    if not found:
        raise SumError("there is no number in these cells")
    return found


def _mean(parts: Sequence[_Part]) -> Fraction:
    found = _some(parts)
    return sum(found, Fraction()) / len(found)


def _median(parts: Sequence[_Part]) -> Fraction:
    found = sorted(_some(parts))
    half = len(found) // 2
    return found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2


def _matching(parts: Sequence[_Part], many: int) -> list[int]:
    """The positions at which the range before the last part has the last part's text."""
    if len(parts) != many or not isinstance(parts[-2], _Range):
        raise SumError("it needs a range and what to look for")
    wanted = parts[-1]
    return [at for at, text in enumerate(parts[-2].texts) if _is(text, wanted)]


def _is(text: str, wanted: _Part) -> bool:
    if isinstance(wanted, Fraction):
        return number_in(text) == wanted
    return isinstance(wanted, str) and text.casefold() == wanted.casefold()


def _countif(parts: Sequence[_Part]) -> Fraction:
    return Fraction(len(_matching(parts, 2)))


def _sumif(parts: Sequence[_Part]) -> Fraction:
    matching = _matching(parts, 3)
    adds = parts[0]
    if not isinstance(adds, _Range):
        raise SumError("sumif() adds up a range")
    found = [number_in(adds.texts[at]) for at in matching if at < len(adds.texts)]
    return sum((number for number in found if number is not None), Fraction())


def _round(parts: Sequence[_Part]) -> Fraction:
    number, *places = _numbers(parts)
    at = int(places[0]) if places else 0
    if not -6 <= at <= 6 or len(places) > 1:
        raise SumError("round() takes a number and up to six decimals")
    step = Fraction(10) ** -at
    doubled = 2 * abs(number) / step
    size = (doubled.__floor__() + 1) // 2 * step  # halves away from zero, as people round
    return size if number >= 0 else -size


FUNCTIONS: Mapping[str, Callable[[Sequence[_Part]], Fraction]] = {
    "sum": lambda parts: sum(_numbers(parts), Fraction()),
    "mean": _mean,
    "average": _mean,
    "median": _median,
    "count": lambda parts: Fraction(len(_numbers(parts))),
    "min": lambda parts: min(_some(parts)),
    "max": lambda parts: max(_some(parts)),
    "abs": lambda parts: abs(_some(parts)[0]),
    "round": _round,
    "countif": _countif,
    "sumif": _sumif,
}


def in_words(value: Fraction, decimals: int = 2) -> str:
    """A number as people write it: at most so many decimals, thousands apart."""
    rounded = _round([value, Fraction(decimals)])
    text = f"{float(rounded):,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
