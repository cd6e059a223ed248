"""Kind test: a learner's tests against the right program and the wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.answer import Answer
from grader.engine import Tools, grade, revealed
from grader.exercise import from_files, load
from grader.publish import check
from grader.verdict import Status, Verdict
from tests.grader.examples import bent, example, problems_of

PARCELS = (
    Path(__file__).parents[2]
    / "curriculum/courses/catching-errors/02-prove-it/what-should-parcels-cost"
)


def judged(source: str, tools: Tools) -> Verdict:
    return grade(example("lateness"), Answer(files={"test_loans.py": source}), tools=tools)


def test_the_score_is_the_share_of_wrong_programs_caught(tools: Tools) -> None:
    verdict = judged("assert fee(2) == 100\nassert fee(7) == 300\n", tools)

    caught = {each["id"] for each in verdict.details["test"]["mutants"] if each["killed"]}
    assert caught == {"no-most", "least"}
    assert verdict.score == 33.3
    assert verdict.status is Status.FAILED


def test_it_is_told_which_test_caught_which_program(tools: Tools) -> None:
    source = (
        "def test_edge():\n    assert not is_late(0)\ndef test_idle():\n    assert is_late(9)\n"
    )
    verdict = judged(source, tools)

    found = revealed(example("lateness"), verdict)["test"]

    assert found["mutants"][0]["by"] == ["test_edge"]
    assert found["mutants"][0]["says"] == "Today counted as late."
    assert found["mutants"][2]["says"] == "", "what got through is known by its rule alone"
    assert [each["catches"] for each in found["tests"]] == [True, False]


def test_tests_that_the_right_program_fails_score_nothing(tools: Tools) -> None:
    verdict = judged(
        "def test_a():\n    assert is_late(0)\ndef test_b():\n    assert fee(2) == 100\n", tools
    )

    assert verdict.score == 0.0
    assert verdict.details["test"]["mutants"] is None
    assert [each["passes"] for each in verdict.details["test"]["tests"]] == [False, True]


def test_a_true_value_is_told_only_for_calls_that_the_author_allows(tools: Tools) -> None:
    allowed = judged("def test_a():\n    assert is_late(1) == False\n", tools)
    other = judged("def test_a():\n    assert fee(3) == 151\n", tools)

    assert allowed.problem is not None
    assert "is_late(1) gives True." in allowed.problem.message
    assert other.problem is not None
    assert "150" not in str(other.as_json())


INVALID = {
    "nothing": "",
    "a comment": "# later\n",
    "no test": "x = 1\n",
    "a syntax error": "def test_a(:\n",
    "an import that isn't there": "import nowhere\ndef test_a():\n    assert fee(2)\n",
    "a way out of the tests": "import os\ndef test_a():\n    os._exit(0)\n",
    "an end of the run": "import pytest\ndef test_a():\n    pytest.exit('no')\n",
}


@pytest.mark.parametrize("what", INVALID)
def test_what_cannot_be_run_costs_no_attempt(what: str, tools: Tools) -> None:
    verdict = judged(INVALID[what], tools)

    assert verdict.status is Status.INVALID
    assert verdict.problem is not None
    assert verdict.problem.message


def test_a_test_that_never_ends_is_stopped_and_said(tools: Tools) -> None:
    verdict = judged("def test_a():\n    while True:\n        pass\n", tools)

    assert verdict.score == 0.0
    assert "still running" in str(verdict.problem)


def test_a_test_that_is_green_by_chance_catches_nothing(tools: Tools) -> None:
    verdict = judged(
        "import random\ndef test_a():\n    assert random.SystemRandom().random() < 0.999\n", tools
    )

    assert not verdict.details["test"]["killed"]


def rows(*cells: tuple[str, str]) -> Answer:
    return Answer(fields={"rows": [{"call": call, "gives": gives} for call, gives in cells]})


def test_rows_of_a_table_are_tests(tools: Tools) -> None:
    answer = rows(("price(2)", "490"), ("", ""), ("price(0)", "raises ValueError"))

    found = grade(load(PARCELS), answer, tools=tools).details["test"]

    assert [each["name"] for each in found["tests"]] == ["test_row_1", "test_row_3"]
    assert [each["id"] for each in found["mutants"] if each["killed"]] == ["below-two", "zero-too"]


ROWS = [("price(2) or 1", "490"), ("price(2)", "4 +"), ("__import__('os')", "1"), ("price(x)", "1")]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_holds_one_call_and_one_value(row: tuple[str, str], tools: Tools) -> None:
    verdict = grade(load(PARCELS), rows(row), tools=tools)

    assert verdict.status is Status.INVALID
    assert verdict.problem is not None
    assert "Row 1" in verdict.problem.message


def test_a_mutant_that_nothing_catches_is_not_published(tools: Tools) -> None:
    files = bent("lateness", ("replaced: return days > 0}", "replaced: return days > 1 * grace}"))

    found = [str(each) for each in check(from_files(files), tools=tools)]

    assert any("let “no-grace” through" in each for each in found), found


def test_a_rule_without_a_mutant_is_refused() -> None:
    files = bent(
        "lateness",
        (
            "requirement: refuses\n    says: Days below zero were",
            "requirement: fee\n    says: Days below zero were",
        ),
    )
    files["exercise.yaml"] = files["exercise.yaml"].replace(
        "requirement: refuses", "requirement: fee"
    )

    assert any("No mutant breaks “refuses”" in each for each in problems_of(files))
