"""How the practice model reads: endings, slips, numbers, negations, conditions, contradictions."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bench.practice.agreement import judgements, kappa_of
from grader.practice.recognise import Recogniser
from grader.practice.terms import TermError


@dataclass(frozen=True)
class Way:
    say: list[list[str]]
    negated: bool = False
    specific_over: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    id: str
    default: str
    options: dict[str, Way]


ROUNDING = Question(
    "rounding",
    "none",
    {
        "none": Way([["not|n't|without", "round"], ["exact|unrounded"]]),
        "cents": Way([["ROUND|decimal", "TWO"]]),
        "whole": Way([["ROUND", "whole|integer|dollar"]]),
    },
)
EMPTY = Question(
    "empty",
    "stops",
    {
        "zero": Way([["EMPTY", "0"]]),
        "none": Way([["EMPTY", "NONE"]]),
        "stops": Way([["EMPTY", "ERROR"]]),
    },
)
AGAIN = Question(
    "again",
    "keep",
    {
        "keep": Way([["KEEP", "DUPLICATE"], ["NOT", "REMOVE", "DUPLICATE"]]),
        "remove": Way([["REMOVE", "DUPLICATE"], ["unique|distinct|only once"]]),
    },
)
READER = Recogniser([ROUNDING, EMPTY, AGAIN])


def read(text: str) -> dict[str, str]:
    """What is stated, by decision; several options joined by +."""
    return {name: "+".join(each.says) for name, each in READER.stated(text).items() if each.says}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Round the total to 2 decimals", {"rounding": "cents"}),
        ("rounding it to two decimal places", {"rounding": "cents"}),
        ("the result must be rouned to 2 decmals", {"rounding": "cents"}),
        ("2 d.p. please, rounded", {"rounding": "cents"}),
        ("return round(x, 2)", {"rounding": "cents"}),
        ("to the NEAREST   Cent", {"rounding": "cents"}),
        ("ｒｏｕｎｄ to 2\u200b decimals", {"rounding": "cents"}),
        ("Round to the nearest whole dollar", {"rounding": "whole"}),
        ("Do not round", {"rounding": "none"}),
        ("dont round it", {"rounding": "none"}),
        ("without any rounding", {"rounding": "none"}),
        ("Rounding is not needed.", {"rounding": "none"}),
        ("there is no need to round the price", {"rounding": "none"}),
        ("You should never forget to round to two decimals", {"rounding": "cents"}),
        ("Don't round to whole dollars, round to the nearest cent.", {"rounding": "cents"}),
        ("rather than rounding to whole dollars round to 2 decimals", {"rounding": "cents"}),
        ("instead of rounding to 2 decimals, round to a whole number", {"rounding": "whole"}),
        ("I don't care about rounding", {}),
        ("Rounding doesn't matter.", {}),
        ("round to 2 decimals or don't round", {"rounding": "none+cents"}),
        ("Round to 2 decimals. Round to a whole number.", {"rounding": "cents+whole"}),
        ("If the list is empty return 0", {"empty": "zero"}),
        ("return None when there are no items", {"empty": "none"}),
        ("return 0 if there aren't any elements", {"empty": "zero"}),
        ("if not items: return 0", {"empty": "zero"}),
        ("if len(items) == 0: return 0", {"empty": "zero"}),
        ("if the list is not empty, return the sum, otherwise 0", {"empty": "zero"}),
        ("if the list is not empty return 0", {}),
        ("return the sum unless the list is empty, in which case return None", {"empty": "none"}),
        ("return the sum unless the list is empty", {}),
        ("for an empty list raise a ValueError", {"empty": "stops"}),
        ("If the list is empty return None, and if all are too old return 0", {"empty": "none"}),
        ("When the list is empty:\n- return 0\n- do that first", {"empty": "zero"}),
        ("The list may be empty. In that case return 0.", {"empty": "zero"}),
        ("Remove duplicates", {"again": "remove"}),
        ("please dont remove the duplicates", {"again": "keep"}),
        ("remove duplicates instead of keeping duplicates", {"again": "remove"}),
        ("avoid removing duplicates", {"again": "keep"}),
        ("not only remove the duplicates but also round to 2 decimals",
         {"again": "remove", "rounding": "cents"}),
        ("1. round to 2 decimals\n2. empty list -> 0\n3. no duplicates, only once",
         {"rounding": "cents", "empty": "zero", "again": "remove"}),
        ("Write a function.", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_what_a_text_states(text: str, says: dict[str, str]) -> None:
    assert read(text) == says


def test_a_span_is_where_it_stands_in_the_text_as_typed() -> None:
    text = "Ｐlease\u200b “round” to ２ decimals."
    (span,) = READER.stated(text)["rounding"].spans["cents"]

    assert text[slice(*span)].endswith("２ decimals")


def test_half_of_something_is_marked_and_not_stated() -> None:
    found = READER.stated("Round the total.")["rounding"]

    assert found.says == ()
    assert [slice(*span) for span in found.half] == [slice(0, 5)]


def test_the_same_words_always_say_the_same() -> None:
    text = "Round to 2 decimals, and if there is nothing in the list return None"

    assert READER.stated(text) == Recogniser([ROUNDING, EMPTY, AGAIN]).stated(text)


@pytest.mark.parametrize("say", ["", "round||whole", "UNKNOWN_LIST", "?!", "not|never"])
def test_a_term_list_that_means_nothing_is_refused(say: str) -> None:
    with pytest.raises(TermError):
        Recogniser([Question("x", "a", {"a": Way([[say]]), "b": Way([["b"]])})])


@pytest.mark.parametrize("name", ["tuned", "held_out"])
def test_the_practice_model_and_a_reader_agree(name: str) -> None:
    found = judgements(name)

    assert kappa_of(found) >= 0.75
    assert sum(each.model not in (each.human, "unstated") for each in found) / len(found) <= 0.05


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "not " * 5000, "round 2 " * 5000, "(" * 9000, "\n" * 9000]
)
def test_a_hostile_text_is_read_like_any_other(text: str) -> None:
    assert READER.stated(text).keys() == {"rounding", "empty", "again"}
