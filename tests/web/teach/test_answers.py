"""Answers to questions as staff read them."""

from __future__ import annotations

from countersign.web.answers import Given, given


def test_an_answer_is_words_and_how_sure() -> None:
    fields = {"last-value": {"answer": "140", "sure": "guess"}}
    assert given(fields) == [Given("last-value", "140", "guessed")]


def test_lines_and_gaps_stand_below_each_other() -> None:
    fields = {
        "order": {"answer": ["price = 9", "print(price)"], "sure": "certain"},
        "gap": {"answer": {"1": "+", "2": ""}},
    }
    assert [each.text for each in given(fields)] == ["1: +\n2: ", "price = 9\nprint(price)"]


def test_an_answer_of_an_unknown_form_is_still_shown() -> None:
    assert given({"odd": 7, "none": None}) == [Given("none", "", ""), Given("odd", "7", "")]
