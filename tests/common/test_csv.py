"""What is exported can be opened in a spreadsheet without running anything."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersign.common.csv import FORMULA_STARTS, Sheet


def _read(sheet: Sheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(sheet.text().removeprefix("\ufeff"))))


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_cell_that_looks_like_a_formula_stays_text(start: str) -> None:
    (_, row) = _read(Sheet(["Name"], [[f"{start}1+1"]]))
    assert row[0].startswith("'")


def test_spaces_before_a_formula_do_not_help_it() -> None:
    (_, row) = _read(Sheet(["Name"], [["  =1+1"]]))
    assert row == ["'  =1+1"]


def test_a_negative_number_stays_a_number() -> None:
    (_, row) = _read(Sheet(["Change"], [[-5.5]]))
    assert row == ["-5.5"]


def test_a_moment_is_written_with_its_zone() -> None:
    (_, row) = _read(Sheet(["At"], [[datetime(2026, 11, 2, 9, 30, tzinfo=UTC)]]))
    assert row == ["2026-11-02T09:30:00+00:00"]


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells under 1 columns"):
        Sheet(["Name"], [["Ada", "Eze"]]).text()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))))
def test_nothing_that_people_type_begins_a_formula(names: list[str]) -> None:
    for line in _read(Sheet(["Name"], [[name] for name in names]))[1:]:
        assert not "".join(line).lstrip().startswith(("=", "+", "-", "@"))
