"""The one writer for everything that is exported as CSV.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula. What people
typed is put behind an apostrophe then; numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | date | datetime | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""


@dataclass(frozen=True)
class Sheet:
    """A table for export: a heading, and rows of as many cells."""

    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]

    def lines(self) -> Iterator[str]:
        """The file, line by line, so that a long one can be streamed."""
        yield MARK + _line(self.columns)
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{len(row)} cells under {len(self.columns)} columns")
            yield _line(row)

    def text(self) -> str:
        return "".join(self.lines())


def _line(cells: Sequence[Cell]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([_safe(cell) for cell in cells])
    return buffer.getvalue()


def _safe(cell: Cell) -> str | int | float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    text = _words(cell)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text


def _words(cell: str | date | datetime | bool | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
