"""Whole answers in the real sandbox. Each stored answer's name says how it has to come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.answer import Answer, read_answer
from grader.engine import Tools, grade
from grader.verdict import Status, TestStatus, Verdict
from grader.words import headline, issues
from tests.grader.examples import EXERCISES, all_words, example

STORED = sorted(
    path.relative_to(EXERCISES).as_posix()
    for folder in ("answers", "golden")
    for path in EXERCISES.glob(f"*/{folder}/*")
)


def graded(name: str, *, tools: Tools) -> Verdict:
    """The verdict on a golden answer such as ``doubling/passed-reference.py``."""
    folder, file = name.split("/")
    return _graded(EXERCISES / folder / "golden" / file, folder, tools)


def _graded(path: Path, folder: str, tools: Tools) -> Verdict:
    exercise = example(folder)
    return grade(exercise, read_answer(path, exercise), tools=tools)


@pytest.mark.parametrize("name", STORED)
def test_an_answer_comes_out_as_its_name_says(name: str, tools: Tools) -> None:
    folder, _, file = name.split("/")

    verdict = _graded(EXERCISES / name, folder, tools)

    assert verdict.status.value == file.partition("-")[0], headline(verdict)
    assert (verdict.score == verdict.max_score) is (verdict.status is Status.PASSED)


@pytest.mark.parametrize(
    ("name", "code", "line", "words"),
    [
        ("invalid-syntax.py", "syntax_error", 2, "never closed"),
        ("invalid-empty.py", "empty", 0, "no code to check yet"),
        ("invalid-only-a-comment.py", "empty", 0, "only comments"),
        ("invalid-wrong-name.py", "missing_function", 0, "It has Double. Is that the one?"),
        ("timed_out-loop.py", "timed_out", 0, "loop that never ends"),
        ("timed_out-at-start.py", "timed_out", 0, "loop that never ends"),
        ("out_of_memory-list.py", "out_of_memory", 0, "more memory"),
        ("output_limit-flood.py", "output_limit", 0, "printed more"),
        ("failed-stops-at-start.py", "stopped_at_start", 2, "name 'percent' is not defined"),
    ],
)
def test_a_learner_reads_what_happened_where_and_what_to_look_for(
    name: str, code: str, line: int, words: str, tools: Tools
) -> None:
    problem = graded(f"doubling/{name}", tools=tools).problem

    assert problem is not None
    assert (problem.code, problem.line) == (code, line)
    assert words in problem.message


def test_an_oversized_answer_is_refused_before_anything_runs(tools: Tools) -> None:
    text = "x = 1\n" * 50_000

    verdict = grade(example("doubling"), Answer(files={"solution.py": text}), tools=tools)

    assert verdict.status is Status.INVALID
    assert verdict.problem is not None
    assert verdict.problem.code == "too_large"
    assert "256 KiB" in verdict.problem.message


def test_too_many_files_are_refused(tools: Tools) -> None:
    files = {f"part{number}.py": "x = 1" for number in range(20)}

    verdict = grade(example("doubling"), Answer(files={**files, "solution.py": "x"}), tools=tools)

    assert verdict.problem is not None
    assert verdict.problem.code == "too_large"


@pytest.mark.parametrize("name", ["../solution.py", "/etc/x.py", "a b.py", ".hidden.py", "x" * 200])
def test_a_file_name_that_leads_elsewhere_is_refused(name: str, tools: Tools) -> None:
    reference = example("doubling").folder("reference")

    verdict = grade(example("doubling"), Answer(files={**reference, name: "x = 1"}), tools=tools)

    assert verdict.status is Status.INVALID
    assert verdict.problem is not None
    assert verdict.problem.code == "file_name"


def test_an_answer_without_the_program_says_which_file_is_asked_for(tools: Tools) -> None:
    verdict = grade(example("doubling"), Answer(files={"other.py": "x = 1"}), tools=tools)

    assert verdict.problem is not None
    assert verdict.problem.code == "missing_file"
    assert "solution.py" in verdict.problem.message


def test_the_checks_that_ran_before_the_stop_are_kept(tools: Tools) -> None:
    verdict = graded("doubling/timed_out-loop.py", tools=tools)

    assert verdict.score is None
    assert [test.status for test in verdict.tests] == [
        TestStatus.PASSED,
        TestStatus.TIMED_OUT,
        TestStatus.PASSED,
        TestStatus.PASSED,
        TestStatus.PASSED,
    ]


def test_tests_stand_in_the_authors_order_and_the_weightiest_issue_comes_first(
    tools: Tools,
) -> None:
    verdict = graded("doubling/failed-exception.py", tools=tools)

    assert [test.id for test in verdict.tests] == ["four", "zero", "third", "list", "word"]
    assert verdict.tests[3].status is TestStatus.PASSED
    assert issues(verdict)[0].startswith("The number that comes back")
    assert verdict.score == 25


def test_an_exception_in_a_shown_check_is_told_with_its_line_and_meaning(tools: Tools) -> None:
    test = graded("doubling/failed-exception.py", tools=tools).tests[0]

    assert test.status is TestStatus.ERROR
    assert test.message == (
        "Your code stopped on line 2 with NameError: name 'm' is not defined. "
        "The name has no value here. Check its spelling and where it is set."
    )


def test_a_shown_check_carries_what_was_called_expected_and_got(tools: Tools) -> None:
    test = graded("doubling/failed-prints.py", tools=tools).for_learner().tests[0]

    assert (test.called, test.expected, test.got) == ("double(4)", "8", "None")
    assert test.output == "8\n"
    assert "prints the value" in test.message


def test_a_hidden_check_shows_a_learner_no_values(tools: Tools) -> None:
    verdict = graded("doubling/failed-prints.py", tools=tools).for_learner()

    assert "4711" not in all_words(verdict)
    assert all(test.got == "" for test in verdict.tests if not test.visible)


def test_the_untouched_starter_is_graded_and_named(tools: Tools) -> None:
    verdict = graded("bill/failed-starter.py", tools=tools)

    assert verdict.status is Status.FAILED
    assert verdict.problem is not None
    assert verdict.problem.code == "unchanged"


def test_a_repair_says_what_worked_before(tools: Tools) -> None:
    verdict = graded("bill/failed-nothing-free.py", tools=tools)

    by_id = {test.id: test for test in verdict.tests}
    assert by_id["no"].message.startswith("This worked in the code you were given")
    assert verdict.score == round(100 * (0.8 * 2 / 3 + 0.2), 1)


def test_a_broken_rule_about_the_code_costs_a_fifth(tools: Tools) -> None:
    verdict = graded("bill/failed-no-loop.py", tools=tools)

    assert verdict.score == 80
    assert issues(verdict) == (
        "The loop is gone or replaced. Can the fault be put right inside it?",
    )


def test_the_verdict_keeps_what_reading_the_code_shows(tools: Tools) -> None:
    source = "def double(n, seen=[]):\n    return 2 * n\n\n\ndef double_all(ns):\n    print(ns)\n"

    verdict = grade(example("doubling"), Answer(files={"solution.py": source}), tools=tools)

    told = Verdict.from_json(verdict.for_learner().as_json()).remarks
    assert [(remark.key, remark.line) for remark in told] == [
        ("mutable_default", 1),
        ("unused_parameter", 1),
        ("print_instead_of_return", 6),
    ]
