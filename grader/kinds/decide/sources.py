"""What a case rests on: tables with named cells, and texts with numbered passages.

Cells have the names that spreadsheets give them: ``D4`` is the fourth column of the fourth row,
and the row of column names is row 1. ``loans!D4`` says which table; a passage is ``policy:2``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

MOST_COLUMNS = 12
MOST_ROWS = 60
MOST_NAMED = 400
"""Cells that one piece of evidence may name."""

NUMBER = re.compile(
    r"^[-\u2212]?\s*[£$€]?\s*(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?\s*%?$"
)
_MENTION = re.compile(
    r"(?:(?P<table>[a-z][a-z0-9-]*)\s*!\s*)?\b(?P<first>[A-Za-z]\d{1,3})"
    r"(?:(?:\s*:\s*|[\u2013-])(?P<last>[A-Za-z]\d{1,3}))?\b"
    r"|\b(?P<text>[a-z][a-z0-9-]*)\s*(?::|\u00b6|\s)\s*\u00b6?(?P<passage>\d{1,3})\b"
)


class SourceError(ValueError):
    """A file can't be used as a source; the message says why, for its author."""


def number_in(text: str) -> Fraction | None:
    """The number that a cell holds: ``1,204``, ``£90.50`` and ``12 %`` are 1204, 90.5 and 12."""
    found = NUMBER.match(text.strip())
    if found is None:
        return None
    sign = -1 if text.strip()[0] in "-\u2212" else 1
    return sign * Fraction(found["digits"].replace(",", "") + (found["decimals"] or ""))


@dataclass(frozen=True, kw_only=True)
class Table:
    """A CSV file. ``rows`` holds the column names first; all rows are equally long."""

    id: str
    title: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(letter(at) for at in range(len(self.rows[0])))

    def cell(self, name: str) -> str | None:
        """The text of a cell such as ``D4``, or None where the table has no such cell."""
        column, row = ord(name[0].upper()) - ord("A"), int(name[1:]) - 1
        if not 0 <= row < len(self.rows) or not 0 <= column < len(self.rows[0]):
            return None
        return self.rows[row][column]

    def between(self, first: str, last: str) -> list[str]:
        """The names of the cells in the rectangle from one corner to the other."""
        (left, right) = sorted((first[0].upper(), last[0].upper()))
        (top, bottom) = sorted((int(first[1:]), int(last[1:])))
        return [
            f"{chr(column)}{row}"
            for row in range(top, bottom + 1)
            for column in range(ord(left), ord(right) + 1)
        ]


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text whose passages are counted from 1."""

    id: str
    title: str
    passages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sources:
    """All tables and texts of one case."""

    tables: Mapping[str, Table]
    texts: Mapping[str, Text]

    @cached_property
    def only_table(self) -> str:
        """The table that a cell without a table's name belongs to; empty if there are several."""
        return next(iter(self.tables)) if len(self.tables) == 1 else ""

    def names(self) -> Iterator[str]:
        """Every cell below the column names, and every passage."""
        for table in self.tables.values():
            for row in range(2, len(table.rows) + 1):
                for column in table.columns:
                    yield f"{table.id}!{column}{row}"
        for text in self.texts.values():
            for at in range(1, len(text.passages) + 1):
                yield f"{text.id}:{at}"

    def value(self, name: str) -> str:
        """The text of a cell or passage. Raises KeyError if there is none of this name."""
        if "!" in name:
            table, _, cell = name.partition("!")
            found = self.tables[table].cell(cell)
            if found is None:
                raise KeyError(name)
            return found
        text, _, passage = name.partition(":")
        at = int(passage)
        if not 1 <= at <= len(self.texts[text].passages):
            raise KeyError(name)
        return self.texts[text].passages[at - 1]

    def spoken(self, name: str) -> str:
        """A cell as people point at it (``D4`` where there is one table)."""
        table, mark, cell = name.partition("!")
        return cell if mark and table == self.only_table else name


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a text names of the sources; ``unknown`` is what looks like a name and is none."""

    places: frozenset[str]
    unknown: tuple[str, ...] = ()


def named(text: str, sources: Sources) -> Named:
    """The cells and passages that a text names: ``D4``, ``loans!D4:D9``, ``policy 2``."""
    places: set[str] = set()
    unknown: list[str] = []
    for mention in _MENTION.finditer(text):
        found = list(_places(mention, sources))
        if not found and _looks_meant(mention, sources):
            unknown.append(mention[0])
        places.update(found)
    return Named(places=frozenset(sorted(places)[:MOST_NAMED]), unknown=tuple(unknown[:10]))


def _places(mention: re.Match[str], sources: Sources) -> Iterator[str]:
    if mention["text"]:
        text = sources.texts.get(mention["text"])
        if text is not None and 1 <= int(mention["passage"]) <= len(text.passages):
            yield f"{text.id}:{int(mention['passage'])}"
        return
    table = sources.tables.get(mention["table"] or sources.only_table)
    if table is None:
        return
    last = mention["last"] or mention["first"]
    for cell in table.between(mention["first"], last):
        if table.cell(cell) is not None:
            yield f"{table.id}!{cell}"


def _looks_meant(mention: re.Match[str], sources: Sources) -> bool:
    """Whether an unknown name was meant as one; words before a number are just words."""
    return bool(mention["first"]) or mention["text"] in sources.texts


def letter(at: int) -> str:
    """The name of a column, counted from 0."""
    return chr(ord("A") + at)


def read_table(text: str, *, name: str, title: str) -> Table:
    """The table in a CSV file. Raises SourceError."""
    try:
        rows = [tuple(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text)) if row]
    except csv.Error as error:
        raise SourceError(f"it can't be read as CSV: {error}") from error
    if len(rows) < 2:
        raise SourceError("it needs a row of column names and at least one row below")
    if len(rows) > MOST_ROWS or len(rows[0]) > MOST_COLUMNS:
        raise SourceError(f"{MOST_ROWS} rows and {MOST_COLUMNS} columns are the most")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise SourceError(f"row {number} has {len(row)} cells, row 1 has {len(rows[0])}")
    return Table(id=name, title=title, rows=tuple(rows))


def read_text(text: str, *, name: str, title: str) -> Text:
    """The passages of a text: what stands between empty lines. Raises SourceError."""
    passages = tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())
    if not passages:
        raise SourceError("it is empty")
    return Text(id=name, title=title, passages=passages)
