"""Reads whom to invite from a list or a CSV file, row by row, and says what is wrong with which.

Nothing is taken on faith: not the encoding, not the separator, and no cell that a spreadsheet
would run as a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from countersign.common.csv import FORMULA_STARTS, MARK

MOST_PEOPLE = 500
LARGEST = 256 * 1024
"""In bytes."""

LONGEST_NAME = 120
LONGEST_ADDRESS = 254
ADDRESS_HEADS = ("email", "e-mail", "mail", "e-mail address", "email address", "address")
NAME_HEADS = ("name", "full name", "display name")
SEPARATORS = (",", ";", "\t")


class Unreadable(Exception):
    """The whole can't be read; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One person as the list names them. ``number`` is the line, from 1; ``problem`` is empty
    where they can be invited."""

    number: int
    email: str
    name: str = ""
    problem: str | Promise = ""


MISSING = gettext_lazy("There is no e-mail address in this row.")
NO_ADDRESS = gettext_lazy("This isn’t an e-mail address.")
FORMULA = gettext_lazy("It begins like a formula. Take the first character out.")
TWICE = gettext_lazy("The address stands further up already.")
TOO_LONG = gettext_lazy("The name is longer than 120 characters.")
STRANGE = gettext_lazy("There is a character in the name that can’t be shown.")
HAS_A_PLACE = gettext_lazy("They have a place in this cohort.")
INVITED = gettext_lazy("They are invited already, and the link still works.")


def text_of(content: bytes) -> str:
    """A file's text. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable(gettext_lazy("The file is larger than 256 KB."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        words = gettext_lazy("The file isn’t in UTF-8. Save it as “CSV UTF-8”.")
        raise Unreadable(words) from fault


def rows_of(text: str, *, placed: Collection[str], invited: Collection[str]) -> list[Row]:
    """Every row that isn't empty. ``placed`` and ``invited`` are addresses in lower case.

    Raises Unreadable for nothing at all, for too many, and for what is no table.
    """
    if "\x00" in text:
        raise Unreadable(gettext_lazy("This isn’t a text file."))
    if len(text.encode(errors="replace")) > LARGEST:
        raise Unreadable(gettext_lazy("The list is larger than 256 KB."))
    found = list(_named(text.removeprefix(MARK)))
    if not found:
        raise Unreadable(gettext_lazy("There is nobody on the list yet."))
    if len(found) > MOST_PEOPLE:
        raise Unreadable(gettext_lazy("At most 500 people at a time."))
    return list(_judged(found, placed=set(placed), invited=set(invited)))


def _named(text: str) -> Iterator[Row]:
    """The rows as they are: by their heads, or else a name and an address in any order."""
    try:
        table = list(csv.reader(io.StringIO(text), delimiter=_separator(text), strict=True))
    except csv.Error as fault:
        raise Unreadable(
            gettext_lazy("A quotation mark is open in it, or a cell is huge.")
        ) from fault
    lines = [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(table, 1)]
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if not lines:
        return
    heads = [cell.casefold() for cell in lines[0][1]]
    mail, name = _column(heads, ADDRESS_HEADS), _column(heads, NAME_HEADS)
    for number, cells in lines[1:] if mail is not None else lines:
        yield _row(number, cells, mail, name)


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _column(heads: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((at for at, head in enumerate(heads) if head in wanted), None)


def _row(number: int, cells: Sequence[str], mail: int | None, name: int | None) -> Row:
    if mail is not None:
        named = _cell(cells, name) if name is not None else ""
        return Row(number=number, email=_cell(cells, mail), name=named)
    address = next((cell for cell in cells if "@" in cell), cells[0])
    others = [cell for cell in cells if cell and cell != address]
    return Row(number=number, email=address, name=others[0] if others else "")


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _judged(rows: Sequence[Row], *, placed: set[str], invited: set[str]) -> Iterator[Row]:
    seen: set[str] = set()
    for row in rows:
        email = row.email.lower()
        problem = _problem(row) or (
            TWICE if email in seen
            else HAS_A_PLACE if email in placed
            else INVITED if email in invited
            else ""
        )  # fmt: skip
        seen.add(email)
        yield Row(number=row.number, email=email[:LONGEST_ADDRESS], name=row.name, problem=problem)


def _problem(row: Row) -> str | Promise:
    if not row.email:
        return MISSING
    if row.email.startswith(FORMULA_STARTS) or row.name.startswith(FORMULA_STARTS):
        return FORMULA
    if len(row.name) > LONGEST_NAME:
        return TOO_LONG
    if not row.name.isprintable():
        return STRANGE
    try:
        validate_email(row.email)
    except ValidationError:
        return NO_ADDRESS
    is_plain = row.email.isprintable() and len(row.email) <= LONGEST_ADDRESS
    return "" if is_plain else NO_ADDRESS
