"""Sums over cells: worked out exactly, and refused in words."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.kinds.decide.sources import Sources, named, number_in, read_table, read_text
from grader.kinds.decide.sums import SumError, in_words, worked

TABLE = 'month,tool,loans,late\nJan,drill,38,6\nJan,saw,22,2\nFeb,drill,"1,035",7\nFeb,saw,n/a,3\n'
SOURCES = Sources(
    tables={"loans": read_table(TABLE, name="loans", title="Loans")},
    texts={"notes": read_text("First.\n\nSecond\none.\n", name="notes", title="Notes")},
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("D2", 6),
        ("loans!D2", 6),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("-D2 - -1", -5),
        ("10 / 4", Fraction(5, 2)),
        ("sum(D2:D5)", 18),
        ("sum(C2:C5)", 1095),
        ("count(C2:C5)", 3),
        ("mean(D2, D5)", Fraction(9, 2)),
        ("median(D2:D5)", Fraction(9, 2)),
        ("max(D2:D5) - min(D2:D5)", 5),
        ('sumif(D2:D5, B2:B5, "Drill")', 13),
        ('countif(B2:B5, "saw")', 2),
        ("countif(D2:D5, 7)", 1),
        ("round(2.5)", 3),
        ("round(0 - 2.5)", -3),
        ("round(100 / 3, 1)", Fraction("33.3")),
        ("9 × D2 ÷ 3", 18),
        ("abs(D3 - D2)", 4),
    ],
)
def test_a_sum_is_worked_out_as_a_spreadsheet_would(text: str, value: Fraction) -> None:
    assert worked(text, sources=SOURCES).value == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "D99",
        "Z2",
        "B2",
        "C5 + 1",
        "other!D2",
        "D2:D5",
        "1 / 0",
        "1 / (D2 - 6)",
        "D2 +",
        "(D2",
        "D2)",
        "2 3",
        "sum()",
        "mean(B2:B3)",
        "__import__('os')",
        "2 ** 9",
        "D2 if 1 else 2",
        "unknown(D2)",
        "late",
        '"text"',
        "sumif(D2:D5, 3)",
        "round(1, 99)",
        "(" * 30 + "1" + ")" * 30,
        "9" * 400,
        "*".join(["9999999999"] * 27),
    ],
)
def test_what_can_not_be_worked_out_is_refused_in_words(text: str) -> None:
    with pytest.raises(SumError):
        worked(text, sources=SOURCES)


@given(st.text(max_size=120))
def test_no_text_breaks_the_reader_of_sums(text: str) -> None:
    with suppress(SumError):
        worked(text, sources=SOURCES)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader_of_evidence(text: str) -> None:
    for place in named(text, SOURCES).places:
        SOURCES.value(place)


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**4), st.integers(-(10**6), 10**6))
def test_numbers_add_up_exactly(one: int, part: int, other: int) -> None:
    found = worked(f"{one} / {part} + {other}", sources=SOURCES).value
    assert found == Fraction(one, part) + other


def test_a_sum_knows_the_cells_it_came_from() -> None:
    assert worked("D2 / sum(D2:D3)", sources=SOURCES).cells == {"loans!D2", "loans!D3"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("D2", {"loans!D2"}),
        ("see d2, and D3.", {"loans!D2", "loans!D3"}),
        ("D2:D4", {"loans!D2", "loans!D3", "loans!D4"}),
        ("D4–D3", {"loans!D4", "loans!D3"}),
        ("loans!C2", {"loans!C2"}),
        ("notes:2", {"notes:2"}),
        ("notes 2", {"notes:2"}),
        ("March 9, page 3", set()),
        ("", set()),
    ],
)
def test_cells_and_passages_are_named_as_people_write_them(text: str, places: set[str]) -> None:
    found = named(text, SOURCES)
    assert found.places == places
    assert not found.unknown


@pytest.mark.parametrize("text", ["D99", "notes 7", "other!D2"])
def test_a_name_that_leads_nowhere_is_told(text: str) -> None:
    assert named(text, SOURCES).unknown


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,204", 1204), ("£90.50", Fraction("90.5")), ("12 %", 12), ("−3", -3), ("1,20", None)],
)
def test_a_cell_is_read_as_the_number_it_shows(text: str, value: Fraction | None) -> None:
    assert number_in(text) == value


def test_numbers_are_written_as_people_write_them() -> None:
    assert in_words(Fraction(1234567, 100), 1) == "12,345.7"
    assert in_words(Fraction(5), 2) == "5"
