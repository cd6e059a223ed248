"""Deciding: numbers, claims and the decision are judged by keys that come from the cells."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from grader.answer import Answer, from_text
from grader.engine import Tools, grade, revealed
from grader.exercise import from_files
from grader.publish import check
from grader.verdict import Status, Verdict
from tests.grader.examples import all_words, bent, example, problems_of

NAME = "limit-the-loans"
PASSED = "answers/passed-checked-each-claim.yaml"


def right() -> dict[str, Any]:
    """The stored answer that passes, as fields."""
    exercise = example(NAME)
    fields = from_text(exercise.files[PASSED], exercise, name="a.yaml").fields
    return deepcopy(dict(fields))


def judged(tools: Tools, fields: dict[str, Any]) -> Verdict:
    return grade(example(NAME), Answer(fields=fields), tools=tools)


def test_a_checked_memo_passes_with_85_of_85(tools: Tools) -> None:
    verdict = judged(tools, right())

    assert verdict.status is Status.PASSED
    assert (verdict.score, verdict.max_score) == (85, 85)
    assert verdict.details["points"]["rubric"] is None


@pytest.mark.parametrize("status", ["wrong", "cant_tell", "holds"])
def test_marking_every_claim_alike_does_not_pass(status: str, tools: Tools) -> None:
    fields = right()
    for claim in fields["claims"].values():
        claim["status"] = status

    assert judged(tools, fields).status is Status.FAILED


def test_naming_every_cell_is_no_evidence(tools: Tools) -> None:
    fields = right()
    for claim in fields["claims"].values():
        claim["evidence"], claim["check"] = "A1:D10 notes 1 notes 2 notes 3 notes 4", ""
    for fact in fields["facts"].values():
        fact["source"] = "A1:D10"

    verdict = judged(tools, fields)

    assert verdict.status is Status.FAILED
    assert not verdict.details["claims"]["march"]["shown"]
    assert not verdict.details["facts"]["late_share"]["sourced"]


def test_a_memo_without_evidence_is_told_what_to_name(tools: Tools) -> None:
    fields = right()
    for part in (*fields["claims"].values(), *fields["facts"].values()):
        part.update(evidence="", check="", source="")

    verdict = judged(tools, fields)

    assert verdict.status is Status.FAILED
    said = {test.id: test.message for test in verdict.tests}
    assert "Name the cells" in said["facts.late_share"]
    assert "Name them" in said["claims.march"]


@pytest.mark.parametrize(
    ("value", "right_one", "says"),
    [
        ("19.3", True, ""),
        ("19.3%", True, ""),
        ("19,3 %", True, ""),
        ("19.34", True, ""),
        ("19.4", False, "Which six cells"),
        ("0.193", False, "The digits are right"),
        ("19.3 euros", False, "not in euros"),
        ("€19.3", False, "not in €"),
        ("a fifth", False, "can’t read a number"),
        ("", False, "no number here"),
        ("١٩", False, "Which six cells"),
        (True, False, "no number here"),
        (["19.3"], False, "no number here"),
    ],
)
def test_a_number_is_read_with_its_unit_and_its_tolerance(
    value: Any, right_one: bool, says: str, tools: Tools
) -> None:
    fields = right()
    fields["facts"]["late_share"]["value"] = value

    verdict = judged(tools, fields)

    message = next(test.message for test in verdict.tests if test.id == "facts.late_share")
    assert verdict.details["facts"]["late_share"]["right"] is right_one
    assert says in message


def test_a_claim_that_holds_and_is_stopped_costs(tools: Tools) -> None:
    fields = right()
    fields["claims"]["most"]["status"] = "wrong"

    verdict = judged(tools, fields)

    assert verdict.details["trust"] == {"planted": 3, "caught": 3, "sound": 2, "false_alarms": 1}
    assert verdict.details["points"]["claims"] == pytest.approx(25 - 25 * 0.25 / 3, abs=0.05)


def test_calling_an_open_claim_wrong_counts_in_part(tools: Tools) -> None:
    fields = right()
    fields["claims"]["reason"]["status"] = "wrong"

    assert judged(tools, fields).details["claims"]["reason"]["share"] == 0.3


def test_a_decision_without_a_reason_does_not_count(tools: Tools) -> None:
    fields = right()
    fields["decision"]["because"] = " \n"

    verdict = judged(tools, fields)

    assert verdict.status is Status.FAILED
    assert "Say why" in next(t.message for t in verdict.tests if t.id == "decision")


def test_a_decision_that_follows_from_wrong_numbers_is_told_so(tools: Tools) -> None:
    fields = right()
    fields["facts"]["late_a_month"]["value"] = "1"
    fields["decision"]["choice"] = "none"

    verdict = judged(tools, fields)

    assert "follows from your numbers" in next(
        t.message for t in verdict.tests if t.id == "decision"
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "empty"),
        ({"facts": {}, "claims": {}, "decision": {}}, "empty"),
        ({"facts": [], "claims": "all wrong", "decision": 7}, "empty"),
        ({"claims": {"march": {"status": "perhaps"}}}, "empty"),
        ({"decision": {"choice": "sell", "because": "x"}}, "empty"),
        ({"decision": {"because": "x" * 70_000}}, "too_large"),
    ],
)
def test_what_can_not_be_judged_is_said_and_costs_nothing(
    fields: dict[str, Any], code: str, tools: Tools
) -> None:
    verdict = judged(tools, fields)

    assert verdict.status is Status.INVALID
    assert verdict.problem is not None
    assert verdict.problem.code == code


def test_any_script_may_stand_in_the_reasons(tools: Tools) -> None:
    fields = right()
    fields["decision"]["because"] = "מפני ש־ 7.3 \x00 \ud800 👩🏽‍🔧 " * 20
    fields["claims"]["march"]["evidence"] = "ＤＢ C8 → D8"

    assert judged(tools, fields).status is Status.PASSED


def test_before_a_pass_no_key_is_told(tools: Tools) -> None:
    fields = right()
    fields["facts"]["late_share"]["value"] = "3"
    fields["claims"]["march"]["status"] = "holds"

    verdict = judged(tools, fields)

    shown = revealed(example(NAME), verdict)
    march = next(each for each in shown["claims"] if each["id"] == "march")
    assert "key" not in march
    assert "22 %" not in march["why"]
    assert shown["payoff"] is None
    assert "19.3" not in all_words(verdict)


def test_after_a_pass_the_working_is_told(tools: Tools) -> None:
    shown = revealed(example(NAME), judged(tools, right()))

    share = next(each for each in shown["facts"] if each["id"] == "late_share")
    assert (share["key"], share["cells"][0]) == ("19.3", "C2")
    assert [each["expected"] for each in shown["payoff"]["options"]] == ["5.4", "-3.4", "0"]


def test_what_a_learner_is_shown_holds_no_key() -> None:
    shown = str(example(NAME).shown())

    for secret in ("claimed", "divided by the loans", "allowed", "seldom late", "'sum'"):
        assert secret not in shown


def test_the_example_is_proven(tools: Tools) -> None:
    assert check(example(NAME), tools=tools) == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("claimed: 25", "claimed: 26", "so it is wrong"),
        ("claimed: 29", "claimed: 22", "so it holds"),
        ("quote: fell by a third", "quote: stopped", "No passage"),
        ('evidence: ["notes:2"]', 'evidence: ["notes:3"]', "No passage"),
        ("    missing: Nobody wrote down why a tool was late.\n", "", "what the data lacks"),
        ("      allowed: true\n", "", "so it is sound"),
        ("none: 0}", "none: 100}", "not sound"),
        ("sum: 100 * D8 / C8", "sum: 100 * D8 / C88", "can't be worked out"),
        ('chance: "0.7"', 'chance: "1.7"', "below 0 or above 1"),
        ("sum: mean(D2, D5, D8)", "sum: 22 / 3", "comes from no cell"),
    ],
)
def test_a_key_that_the_cells_do_not_bear_out_is_refused(
    old: str, new: str, says: str, tools: Tools
) -> None:
    found = check(from_files(bent(NAME, (old, new))), tools=tools)

    assert any(says in str(problem) for problem in found), [str(each) for each in found]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("file: loans.csv", "file: nothing.csv", "there is no such file"),
        ('evidence: ["notes:2"]', 'evidence: ["notes:9"]', "names no cell"),
        ("{limit: -10, all: -30, none: 0}", "{limit: -10, none: 0}", "a worth for every option"),
        ("- id: most", "- id: march", "used twice"),
    ],
)
def test_a_file_that_does_not_fit_together_is_refused(old: str, new: str, says: str) -> None:
    assert any(says in problem for problem in problems_of(bent(NAME, (old, new))))


def test_a_case_in_which_everything_is_wrong_can_be_gamed_and_is_refused(tools: Tools) -> None:
    files = bent(
        NAME,
        ("status: holds\n    sum: 100 * sum(D8:D10)", "status: wrong\n    sum: 200 * sum(D8:D10)"),
        ("status: holds\n    sum: (D2", "status: wrong\n    sum: 0 * (D2"),
        (
            "status: cant_tell\n    missing: Nobody wrote down why a tool was late.",
            "status: wrong\n    quote: fell by a third\n    evidence: ['notes:2']",
        ),
    )

    found = check(from_files(files), tools=tools)

    assert any("every claim “wrong” passes" in str(problem) for problem in found)
