"""A review is published once every defect is proven, and tells its key only after the end."""

from __future__ import annotations

import json

import pytest

from grader.engine import Tools, grade, revealed
from grader.exercise import from_files
from grader.kinds.review.joined import with_defect
from grader.publish import check
from tests.grader.examples import bent, example, problems_of
from tests.grader.review.items import review

SECRETS = (
    "not-returned",
    "swallowed",
    "Items that were kept",
    "drops off",
    "KeyError",
    "amount is",
)


@pytest.mark.parametrize("name", ["refunds", "lateness"])
def test_the_examples_can_be_published(name: str, tools: Tools) -> None:
    assert check(example(name), tools=tools) == ()


BROKEN = {
    "corrections that don't work": (
        ("total += item", "total -= item"),
        "test_only_what_came_back doesn’t pass",
    ),
    "a witness that the defect passes": (
        ("[test_only_what_came_back]", "[test_voucher]"),
        "test_voucher passes although “not-returned” is left in",
    ),
    "lines that are too many to guess right": (
        ("lines: 15-16\n", "lines: 13-24\n"),
        "share a line",
    ),
    "a hint that names a line": (
        ("what of it is used?", "what of line 15 is used?"),
        "The hint names a line of “not-returned”",
    ),
    "a correction that can't be read": (("continue", "continue if"), "Python can't read"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_not_proven_is_not_published(what: str, tools: Tools) -> None:
    change, message = BROKEN[what]
    files = bent("refunds", change)

    found = problems_of(files) or [str(each) for each in check(from_files(files), tools=tools)]

    assert any(message in each and "exercise.yaml:" in each for each in found), found


REFUSED = {
    "a test that isn't there": (("test_bad_data_is_on", "test_no_data_is_on"), "has no test"),
    "use of flawed work": (("calls: [fix]", "calls: [use]"), "worse than minor"),
    "a line that isn't there": (("lines: 10\n", "lines: 99\n"), "Line 99 isn't there"),
    "an unknown category": (("category: errors", "category: style"), "category"),
    "no witness": (("witness: {tests: [test_only_what_came_back]}", "witness: {}"), "one witness"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_key_that_contradicts_itself_is_refused_by_file_and_line(what: str) -> None:
    change, message = REFUSED[what]

    found = problems_of(bent("refunds", change))

    assert any(message in each and "exercise.yaml:" in each for each in found), found


def test_a_clean_item_with_another_call_is_refused() -> None:
    files = dict(example("refunds").files)
    head = files["exercise.yaml"].partition("defects:")[0]

    assert any("`use`" in each for each in problems_of({**files, "exercise.yaml": head}))


def test_nothing_hidden_is_told_before_the_end(tools: Tools) -> None:
    exercise = example("refunds")
    verdict = grade(exercise, review([{"lines": 10}, {"lines": 15}]), tools=tools)

    told = json.dumps(
        [exercise.shown(), verdict.for_learner().as_json(), revealed(exercise, verdict)]
    )

    for secret in SECRETS:
        assert secret not in told.replace(exercise.brief, ""), secret


def test_a_nudge_names_the_function_and_the_kind_and_no_line(tools: Tools) -> None:
    exercise = example("refunds")
    verdict = grade(exercise, review([{"lines": 15}]), tools=tools)

    nudge = revealed(exercise, verdict)["review"]["nudge"]

    assert "refund_report" in nudge
    assert "what happens when something goes wrong" in nudge
    assert not any(character.isdigit() for character in nudge)


def test_after_the_end_everything_is_told(tools: Tools) -> None:
    exercise = example("refunds")
    verdict = grade(exercise, review([{"lines": 15}], ended=True), tools=tools)

    key = revealed(exercise, verdict)["review"]["key"]

    assert [each["found"] for each in key["defects"]] == [True, False]
    assert key["defects"][1]["explain"].startswith("An order with bad data")
    assert key["decoys"][0]["reason"]


def test_an_accepted_defect_joins_the_key() -> None:
    joined = with_defect(
        example("refunds"),
        name="found-1",
        lines="10",
        category="logic",
        severity="minor",
        explain="It is.",
    )

    assert [each.id for each in joined.spec.defects][-1] == "found-1"  # type: ignore[attr-defined]
    assert [each.id for each in joined.spec.decoys] == ["below-zero"]  # type: ignore[attr-defined]
