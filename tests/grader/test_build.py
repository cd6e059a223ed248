"""Small programs built in turns: what the partner does, what a session comes to, what is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.answer import Answer
from grader.checks.cases import Case
from grader.engine import grade, revealed
from grader.exercise import load
from grader.kinds.build.merging import merge
from grader.kinds.build.partner import Reply, Standing, after, build_spec, partner_files, replied
from grader.kinds.build.watching import telling_lines, watch
from grader.kinds.tools import Tools
from grader.verdict import Status, TestStatus, Verdict

COURSES = Path(__file__).parents[2] / "curriculum" / "courses"
EXERCISE = load(
    COURSES / "vibe-coding-that-survives-monday" / "01-small-steps" / "invoices-that-do-not-add-up"
)
SPEC = build_spec(EXERCISE)
SUM = {"ask": "Add up the lines. Samples are free.", "did": "accepted", "ran": ["sample"]}
ASK = {"ask": "Write to_ask_about(invoices), let 5 cents pass.", "did": "accepted"}
REPORT = {"ask": "Now the report, in euros.", "did": "accepted"}
MEND = {"ask": "Returned goods have to lower the total again.", "did": "accepted"}
CLEAN = [SUM, ASK, {**REPORT, "did": "undone", "ran": ["sent-back"]}, REPORT]


def judged(turns: Any, tools: Tools, **files: str) -> Verdict:
    return grade(EXERCISE, Answer(files=files, fields={"turns": turns}), tools=tools)


def start() -> dict[str, str]:
    return EXERCISE.folder("starter")


def asked(text: str, **standing: Any) -> Reply:
    now = Standing(**standing)
    files = partner_files(EXERCISE, built=now.built, taken=now.taken, drilled=now.drilled)
    return replied(EXERCISE, text, standing=now, files=files)


def test_a_request_for_the_next_milestone_brings_its_files() -> None:
    reply = asked("Write expected(invoice), it adds up the lines. Samples are free.")

    assert reply.step == "sum"
    assert reply.taken == {"no-price": "zero"}
    assert "continue" in reply.change["invoices.py"]


def test_what_a_request_leaves_open_is_decided_as_models_do() -> None:
    reply = asked("Write expected(invoice), it adds up the lines.")

    assert reply.taken == {"no-price": "stops"}
    assert "continue" not in reply.change["invoices.py"]


def test_another_decision_changes_what_is_built() -> None:
    reply = asked("A missing price counts as 0.", built=1, taken={"no-price": "stops"})

    assert not reply.builds
    assert reply.taken == {"no-price": "zero"}
    assert "continue" in reply.change["invoices.py"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("\u200b  \u200b", "empty"),
        ("do " * 400, "too_long"),
        ("def expected(invoice):\n    return 0\n", "pasted_code"),
        (EXERCISE.brief[:760], "pasted_brief"),
        ("Make it nice.", "unknown"),
        ("Now the report.", "not_yet"),
    ],
)
def test_a_request_that_brings_nothing_says_why(text: str, why: str) -> None:
    reply = asked(text)

    assert reply.why == why
    assert not reply.change


def test_a_half_said_decision_is_named_and_asked_about() -> None:
    reply = asked("What about a line with no price?", built=1, taken={"no-price": "stops"})

    assert (reply.why, reply.near) == ("near", ("a line without a price",))
    assert "What does a line without a price add?" in reply.says


def test_asking_for_both_options_is_a_contradiction() -> None:
    reply = asked(
        "Samples are free. Raise an error if a price is missing.",
        built=1,
        taken={"no-price": "stops"},
    )

    assert reply.why == "contradiction"


def test_a_drill_comes_once() -> None:
    taken = {"no-price": "zero", "slack": "few"}
    first = asked("Now the report, in euros.", built=2, taken=taken)
    standing = after(Standing(built=2, taken=taken), first, accepted=False)
    files = partner_files(EXERCISE, built=2, taken=taken)
    again = replied(EXERCISE, "Now the report, in euros.", standing=standing, files=files)

    assert first.drill
    assert "abs(count)" in first.change["invoices.py"]
    assert not again.drill
    assert "abs(count)" not in again.change["invoices.py"]


def test_asking_anew_for_what_a_drill_broke_has_it_mended() -> None:
    reply = asked("Add up the lines once more.", built=3, taken=SPEC.correct, drilled="report")

    assert reply.mends
    assert "abs(count)" not in reply.change["invoices.py"]


def test_an_edit_of_the_learners_own_outlives_the_next_change() -> None:
    files = {"invoices.py": partner_files(EXERCISE, built=1, taken=SPEC.correct)["invoices.py"]}
    files["invoices.py"] += "\n\nVAT = 23\n"
    standing = Standing(built=1, taken={"no-price": "zero"})

    reply = replied(EXERCISE, "Write to_ask_about(invoices).", standing=standing, files=files)

    assert "VAT = 23" in reply.change["invoices.py"]
    assert "def to_ask_about" in reply.change["invoices.py"]


@pytest.mark.parametrize(
    ("ours", "theirs", "merged", "clashed"),
    [
        ("a\nb\nc\n", "a\nb\nc\nd\n", "a\nb\nc\nd\n", False),
        ("A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n", False),
        ("a\nX\nc\n", "a\nY\nc\n", "a\nY\nc\n", True),
        ("a\nY\nc\n", "a\nY\nc\n", "a\nY\nc\n", False),
        ("", "a\nb\n", "a\nb\n", True),
        ("a\nb\nc\nM\n", "a\nb\nc\nT\n", "a\nb\nc\nM\nT\n", False),
    ],
)
def test_two_sides_are_merged_line_by_line(
    ours: str, theirs: str, merged: str, clashed: bool
) -> None:
    found = merge(base="a\nb\nc\n", ours=ours, theirs=theirs)

    assert (found.text, found.clashed) == (merged, clashed)


@pytest.mark.parametrize(
    ("turns", "score", "status"),
    [
        ([SUM], 40, Status.FAILED),
        ([SUM, ASK], 80, Status.FAILED),
        (CLEAN, 100, Status.PASSED),
        ([SUM, ASK, REPORT], 50, Status.FAILED),
        ([SUM, ASK, REPORT, MEND], 95, Status.PASSED),
        ([SUM, ASK, {**REPORT, "did": "taken_back"}, REPORT], 95, Status.PASSED),
    ],
)
def test_milestones_count_and_accepted_breakage_costs(
    turns: Any, score: float, status: Status, tools: Tools
) -> None:
    verdict = judged(turns, tools)

    assert (verdict.score, verdict.status) == (score, status)


def test_a_drill_that_was_mended_by_hand_before_accepting_was_caught(tools: Tools) -> None:
    right = partner_files(EXERCISE, built=3, taken=SPEC.correct)
    verdict = judged([SUM, ASK, {**REPORT, "edited": right}], tools)

    assert verdict.score == 100
    assert revealed(EXERCISE, verdict)["turns"][2]["caught"]


def test_what_a_learner_breaks_by_hand_is_no_regression_of_the_partner(tools: Tools) -> None:
    broken = {"invoices.py": "def expected(invoice):\n    return 0\n"}
    verdict = judged([SUM, {"did": "accepted", "edited": broken}], tools)

    assert verdict.score == 0
    assert [rule.id for rule in verdict.requirements] == ["sum", "ask", "report"]


def test_the_session_is_told_turn_by_turn(tools: Tools) -> None:
    told = revealed(EXERCISE, judged(CLEAN, tools))["turns"]

    assert [turn["did"] for turn in told] == ["accepted", "accepted", "undone", "accepted"]
    assert told[0]["ran"] == [{"id": "sample", "title": "A sample without a price", "held": True}]
    assert [turn["unchecked"] for turn in told] == [False, True, False, True]
    assert told[2]["caught"]
    assert told[2]["drill"]
    assert told[2]["ran"][0]["held"] is False
    assert {"add", "take"} <= {line["mark"] for line in told[2]["diff"][0]["lines"]}


def test_what_a_model_wrote_is_judged_as_it_was_written(tools: Tools) -> None:
    written = partner_files(EXERCISE, built=3, taken=SPEC.correct)
    reply = Reply(says="Done.", change=written).as_json()
    turn = {"ask": "Everything.", "engine": "some-model", "reply": reply, "did": "accepted"}

    verdict = judged([turn], tools)

    assert verdict.score == 100
    assert verdict.engine == "some-model"


@pytest.mark.parametrize(
    ("turns", "code"),
    [
        ([{**SUM, "did": "open"}], "undecided"),
        ([], "empty"),
        ([{**SUM, "did": "undone"}], "empty"),
        ("nonsense", "session_unreadable"),
        ([{"ask": 3}], "session_unreadable"),
        ([{"ask": "x", "reply": {"change": {"a": 1}}}], "session_unreadable"),
        ([SUM] * 81, "session_unreadable"),
        ([{"did": "accepted", "edited": {"invoices.py": "def f(:"}}], "syntax_error"),
        ([{"did": "accepted", "edited": {"../x.py": "1"}}], "file_name"),
        ([{"did": "accepted", "edited": {"big.py": "x" * 70_000}}], "too_large"),
    ],
)
def test_what_is_no_session_is_refused(turns: Any, code: str, tools: Tools) -> None:
    verdict = judged(turns, tools)

    assert verdict.status is Status.INVALID
    assert verdict.problem is not None
    assert verdict.problem.code == code


def test_a_program_that_never_ends_is_stopped_and_costs_no_score(tools: Tools) -> None:
    endless = {"invoices.py": "def expected(invoice):\n    while True:\n        pass\n"}

    verdict = judged([{"did": "accepted", "edited": endless}], tools)

    assert verdict.status is Status.TIMED_OUT
    assert verdict.score is None


def test_nothing_of_the_partner_is_shown() -> None:
    shown = str(EXERCISE.shown())

    assert "abs(count)" not in shown
    assert "K-8" not in shown
    assert EXERCISE.shown()["drills"] == 1


CASES = [case for case in SPEC.visible_cases if case.requirement == "sum"]
PROGRAM = """def expected(invoice):
    \"\"\"Adds.\"\"\"
    total = 0
    for count, price in invoice["lines"]:
        if price is None:
            continue
        total += count * price
    return total


def unused():
    return 1
"""


def watched(text: str, tools: Tools, cases: list[Case] | None = None) -> Any:
    return watch(
        cases or CASES,
        {"invoices.py": text},
        main="invoices.py",
        sandbox=tools.sandbox,
        limits=EXERCISE.limits(ceilings=tools.ceilings),
    )


def test_a_check_covers_the_lines_that_it_goes_through(tools: Tools) -> None:
    found = watched(PROGRAM, tools, [CASES[0]])

    assert [test.status for test in found.tests] == [TestStatus.PASSED]
    assert telling_lines(PROGRAM) - found.covered["invoices.py"] == {6, 12}


def test_a_check_that_does_not_hold_covers_nothing(tools: Tools) -> None:
    found = watched(PROGRAM.replace("return total", "return 7"), tools)

    assert not any(test.status is TestStatus.PASSED for test in found.tests)
    assert not found.covered


def test_a_check_of_what_is_not_built_says_so(tools: Tools) -> None:
    found = watched("x = 1\n", tools, [CASES[0]])

    assert found.tests[0].message == "There is no function called expected in invoices.py yet."


@pytest.mark.parametrize(("text", "code"), [("", "empty"), ("def f(:", "syntax_error")])
def test_a_program_that_cannot_be_read_is_not_run(text: str, code: str, tools: Tools) -> None:
    assert watched(text, tools).problem.code == code
