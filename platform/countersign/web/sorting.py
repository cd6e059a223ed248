"""Tables that are sorted by a GET parameter: `?sort=name`, or `?sort=-name` for the other way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.request import QueryDict

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column:
    """One column: its key in the address, its words, and what its rows are compared by.

    ``by`` may answer None: such rows come last, whichever way. ``starts_high`` sorts from the
    largest down at the first press.
    """

    key: str
    label: str
    by: Callable[[Any], Any]
    figures: bool = True
    starts_high: bool = False


@dataclass(frozen=True)
class Header:
    """A column's head: the address that sorts by it, and how the rows stand now."""

    label: str
    href: str
    sorted: str  # for aria-sort: ascending | descending | none
    figures: bool


def sort(
    request: HttpRequest, rows: Iterable[Row], columns: Sequence[Column], *, otherwise: str
) -> tuple[list[Row], list[Header]]:
    """The rows as the address asks, and the heads. An unknown key sorts by ``otherwise``."""
    known = {column.key: column for column in columns}
    key, down = (
        _asked(request.GET.get("sort", ""), known) or _asked(otherwise, known) or ("", False)
    )
    headers = [_header(request.GET, column, key, down=down) for column in columns]
    return _sorted(rows, known[key].by, down=down), headers


def _asked(text: str, known: Mapping[str, Column]) -> tuple[str, bool] | None:
    key = text.removeprefix("-")
    return (key, text.startswith("-")) if key in known else None


def _sorted(rows: Iterable[Row], by: Callable[[Any], Any], *, down: bool) -> list[Row]:
    rows = list(rows)
    present = [row for row in rows if by(row) is not None]
    absent = [row for row in rows if by(row) is None]
    return sorted(present, key=by, reverse=down) + absent


def _header(asked: QueryDict, column: Column, key: str, *, down: bool) -> Header:
    here = column.key == key
    turn_down = not down if here else column.starts_high
    address = asked.copy()
    address.pop("page", None)
    address["sort"] = f"-{column.key}" if turn_down else column.key
    direction = ("descending" if down else "ascending") if here else "none"
    return Header(column.label, f"?{address.urlencode()}", direction, column.figures)
