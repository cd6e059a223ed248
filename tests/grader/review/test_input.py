"""Whatever a learner sends is either read or refused with a reason that costs nothing."""

from __future__ import annotations

from typing import Any

import pytest

from grader.answer import Answer
from grader.engine import Tools, grade
from grader.verdict import Status, Verdict
from tests.grader.review.items import item, oracle, review
from tests.grader.scripted import ScriptedSandbox

ITEM = item(7)
DEEP: list[Any] = []
for _ in range(3000):
    DEEP = [DEEP]


def judged(fields: dict[str, Any]) -> Verdict:
    return grade(ITEM, Answer(fields=fields), tools=Tools(sandbox=ScriptedSandbox()))


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "nothing at all": ({}, "empty"),
    "no comment and no call": ({"findings": [], "call": ""}, "empty"),
    "findings that are no list": ({"findings": "12"}, "findings"),
    "a finding that is no mapping": ({"findings": ["12"], "call": "fix"}, "finding"),
    "a comment without lines": ({"findings": [{"why": "Bad."}]}, "lines"),
    "words for lines": ({"findings": [{"lines": "twelve"}]}, "lines"),
    "true for lines": ({"findings": [{"lines": True}]}, "lines"),
    "three lines": ({"findings": [{"lines": [1, 2, 3]}]}, "lines"),
    "line 0": ({"findings": [{"lines": 0}]}, "out_of_range"),
    "past the end": ({"findings": [{"lines": "24-26"}]}, "out_of_range"),
    "far past the end": ({"findings": [{"lines": "999999"}]}, "out_of_range"),
    "the whole file": ({"findings": [{"lines": "1-25"}]}, "too_wide"),
    "thirteen lines": ({"findings": [{"lines": "1-13"}]}, "too_wide"),
    "an unknown category": ({"findings": [{"lines": 1, "category": "ugly"}]}, "choice"),
    "an unknown severity": ({"findings": [{"lines": 1, "severity": 3}]}, "choice"),
    "an unknown call": ({"findings": [], "call": "maybe"}, "choice"),
    "a number for a reason": ({"findings": [{"lines": 1, "why": 7}]}, "text"),
    "too many comments": ({"findings": [{"lines": 1}] * 151}, "too_many"),
    "too much text": ({"findings": [{"lines": 1, "why": "x" * 300_000}]}, "too_large"),
    "too deep": ({"findings": DEEP}, "too_large"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_reason(what: str) -> None:
    fields, code = REFUSED[what]

    verdict = judged(fields)

    assert verdict.status is Status.INVALID
    assert verdict.problem is not None
    assert verdict.problem.code == code
    assert verdict.problem.message


@pytest.mark.parametrize("said", ["5-4", [5, 4], "4-5", " 4 – 5 ", "L4-L5", [4, 5]])
def test_lines_are_read_in_any_usual_way_and_order(said: Any) -> None:
    found = judged({"findings": [{"lines": said}], "call": "fix"})

    assert found.details["review"]["findings"][0]["lines"] == [4, 5]


def test_odd_characters_are_kept_and_harm_nothing() -> None:
    odd = "Ω — 漢字 \u202e \x00 \ud800 <b>"

    verdict = judged({"findings": [{"lines": 1, "why": odd}], "call": "fix"})

    assert verdict.status.is_graded
    assert "\x00" not in str(verdict.as_json())


def test_overlapping_comments_are_each_judged() -> None:
    (first, *_) = oracle(ITEM)

    found = grade(
        ITEM,
        review([first, first, {**first, "category": "tests"}]),
        tools=Tools(sandbox=ScriptedSandbox()),
    ).details["review"]

    assert [each["outcome"] for each in found["findings"]] == ["found", "same", "same"]
    assert found["false_alarms"] == 2


def test_a_review_without_a_call_is_scored_and_does_not_pass() -> None:
    verdict = judged({"findings": oracle(ITEM)})

    assert verdict.score == 100.0
    assert verdict.status is Status.FAILED
    assert "whether it may be used" in " ".join(rule.feedback for rule in verdict.requirements)
