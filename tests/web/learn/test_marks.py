"""Where a prompt's words are marked, and with which numbers."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from countersign.web.learn.marks import MarkedLine, Piece, Tie, line_of, marked_lines


def decision(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {"number": number, "cell": "solid", "spans": [], "half": [], **fields}


def test_words_that_say_a_rule_are_marked_with_its_number() -> None:
    text = "Round it.\nNever below 0."
    (first, second) = marked_lines(text, [decision(4, spans=[[10, 21]])])
    assert first == MarkedLine(1, (Piece("Round it."),), ())
    assert second.pieces == (Piece("Never below", "said"), Piece(" 0."))
    assert second.ties == (Tie(4, "ok"),)


def test_a_mark_over_two_lines_has_its_number_on_the_last() -> None:
    (first, second) = marked_lines("ab\ncd", [decision(spans=[[1, 4]])])
    assert (first.pieces, first.ties) == ((Piece("a"), Piece("b", "said")), ())
    assert second.ties == (Tie(1, "ok"),)


def test_what_is_said_in_full_wins_over_half() -> None:
    (line,) = marked_lines("abcd", [decision(half=[[0, 3]]), decision(2, spans=[[1, 2]])])
    assert [piece.kind for piece in line.pieces] == ["half", "said", "half", ""]


def test_a_span_beyond_the_text_marks_nothing() -> None:
    (line,) = marked_lines("ab", [decision(spans=[[1, 9], [-1, 1], [1, 1]])])
    assert line.pieces == (Piece("ab"),)


def test_the_line_of_a_decision_is_where_it_is_first_said() -> None:
    assert line_of("a\nb\nc", decision(spans=[[4, 5], [2, 3]])) == 2
    assert line_of("a\nb\nc", decision()) is None


SPANS = st.lists(st.tuples(st.integers(-2, 40), st.integers(-2, 40)), max_size=6)


@given(text=st.text(alphabet="ab \n", max_size=30), said=SPANS, half=SPANS)
def test_no_word_is_lost_or_doubled(
    text: str, said: list[tuple[int, int]], half: list[tuple[int, int]]
) -> None:
    lines = marked_lines(text, [decision(spans=said, half=half)])
    assert "\n".join("".join(piece.text for piece in line.pieces) for line in lines) == text
