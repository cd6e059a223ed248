"""Quizzes: marking, revealing, and keys that come from running the program."""

from __future__ import annotations

from typing import Any

import pytest

from grader.answer import Answer, AnswerError, from_text
from grader.engine import Tools, grade, revealed
from grader.exercise import from_files
from grader.kinds.quiz.marks import same_code
from grader.publish import check
from grader.verdict import Status, Verdict
from tests.grader.examples import bent, example

LINES = ["a = 1", "b = a + 2", "print(b)"]
RIGHT: dict[str, Any] = {
    "name": {"answer": "b", "sure": "certain"},
    "prints": {"answer": "5"},
    "lines": {"answer": LINES},
    "gaps": {"answer": {"1": "==", "2": ">"}},
}


def graded(tools: Tools, **answers: Any) -> Verdict:
    """The verdict on right answers, but for the ones given here."""
    fields = {**RIGHT, **{name: {"answer": given} for name, given in answers.items()}}
    return grade(example("first-prints"), Answer(fields=fields), tools=tools)


def test_every_question_right_is_a_pass(tools: Tools) -> None:
    verdict = graded(tools)

    assert verdict.status is Status.PASSED
    assert verdict.score == 100
    assert verdict.engine == "quiz@2"


@pytest.mark.parametrize(
    ("question", "given", "score"),
    [
        ("name", "a", 80),
        ("name", ["a", "b"], 80),
        ("prints", "6", 80),
        ("prints", "", 80),
        ("prints", None, 80),
        ("lines", ["b = a + 2", "a = 1", "print(b)"], 80),
        ("lines", [*LINES, "print(c)"], 80),
        ("gaps", {"1": "=", "2": ">"}, 80),
        ("gaps", {"1": "=="}, 80),
        ("gaps", {"1": "=", "2": "<"}, 60),
        ("gaps", "==", 60),
    ],
)
def test_a_wrong_answer_costs_its_question_or_its_gap(
    question: str, given: Any, score: float, tools: Tools
) -> None:
    verdict = graded(tools, **{question: given})

    assert verdict.status is Status.FAILED
    assert verdict.score == score


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("name", ["b"]),
        ("prints", "5\n"),
        ("prints", 5),
        ("prints", "5   \r\n\r\n"),
        ("gaps", {"1": " == ", "2": ">"}),
        ("gaps", {"1": "==", "2": "!="}),
        ("gaps", {1: "==", 2: "> 0 and 4 >"}),
    ],
)
def test_the_same_answer_written_otherwise_is_right(
    question: str, given: Any, tools: Tools
) -> None:
    assert graded(tools, **{question: given}).status is Status.PASSED


def test_lines_may_be_named_by_their_place_as_shown(tools: Tools) -> None:
    shown = next(
        question["lines"]
        for question in example("first-prints").shown()["questions"]
        if question["id"] == "lines"
    )

    assert graded(tools, lines=[shown.index(line) for line in LINES]).status is Status.PASSED
    assert graded(tools, lines=[str(shown.index(line)) for line in LINES]).status is Status.PASSED


def test_a_stored_answer_counts_lines_as_the_author_lists_them(tools: Tools) -> None:
    exercise = example("first-prints")
    text = (
        "name: {answer: b}\nprints: {answer: '5'}\n"
        "lines: {answer: [0, 1, 2]}\ngaps: {answer: {'1': '==', '2': '>'}}\n"
    )

    answer = from_text(text, exercise, name="answer.yaml")

    assert answer.fields["lines"] == {"answer": LINES}
    assert grade(exercise, answer, tools=tools).status is Status.PASSED


@pytest.mark.parametrize("given", ['> 3) or print("x"', "> 3\nx = 5", "=" * 500, "(", "__import__"])
def test_a_gap_that_runs_is_filled_with_one_bit_of_code_that_prints_the_same(
    given: str, tools: Tools
) -> None:
    assert graded(tools, gaps={"1": "==", "2": given}).score == 80


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "empty"),
        ({"name": {"answer": None}}, "empty"),
        ({"name": {"answer": "", "sure": "guess"}}, "empty"),
        ({"other": {"answer": "b"}}, "unknown_question"),
        ({"name": {"answer": "b" * 70_000}}, "too_large"),
        ({"name": {"answer": [[["b"]]]}}, "empty"),
        ({"name": {"answer": float("nan")}}, "empty"),
    ],
)
def test_what_can_not_be_graded_is_said_and_costs_nothing(
    fields: dict[str, Any], code: str, tools: Tools
) -> None:
    verdict = grade(example("first-prints"), Answer(fields=fields), tools=tools)

    assert verdict.status is Status.INVALID
    assert verdict.problem is not None
    assert verdict.problem.code == code


def test_after_the_answer_the_reason_the_explanation_and_the_key_are_revealed(tools: Tools) -> None:
    verdict = graded(tools, prints="6")

    shown = {each["id"]: each for each in revealed(example("first-prints"), verdict)["questions"]}

    assert shown["prints"]["right"] is False
    assert shown["prints"]["why"] == "len looks after pop has taken one out."
    assert shown["prints"]["explain"].startswith("pop takes the 3 out first")
    assert shown["prints"]["key"] == "5"
    assert shown["name"]["why"] == "The sum is worked out first."
    assert shown["name"]["sure"] == "certain"
    assert shown["name"]["right_options"] == ["b"]
    assert shown["gaps"]["parts"] == [True, True]


def test_nothing_is_revealed_where_nothing_was_graded(tools: Tools) -> None:
    verdict = grade(example("first-prints"), Answer(), tools=tools)

    assert revealed(example("first-prints"), verdict) == {}


def test_a_verdict_as_stored_reveals_the_same(tools: Tools) -> None:
    verdict = graded(tools, name="a")
    stored = Verdict.from_json(verdict.as_json())

    exercise = example("first-prints")
    assert revealed(exercise, stored) == revealed(exercise, verdict)


def test_how_sure_someone_is_changes_no_score(tools: Tools) -> None:
    fields = {name: {**given, "sure": "guess"} for name, given in RIGHT.items()}

    verdict = grade(example("first-prints"), Answer(fields=fields), tools=tools)

    assert verdict.score == 100


def test_a_program_that_ends_with_an_exception_is_predicted_by_its_name(tools: Tools) -> None:
    exercise = from_files(
        bent("first-prints", ("print(xs.pop() + len(xs))", 'print(1)\n      xs["a"]'))
    )
    fields = {**RIGHT, "prints": {"answer": "1\nTypeError: list indices must be integers"}}

    assert grade(exercise, Answer(fields=fields), tools=tools).status is Status.PASSED
    fields["prints"] = {"answer": "1"}
    assert grade(exercise, Answer(fields=fields), tools=tools).status is Status.FAILED


def test_an_answer_shaped_like_nothing_we_ask_for_is_wrong_and_no_accident(tools: Tools) -> None:
    for strange in ({"9" * 5000: "=="}, ["9" * 3000], {"x": {"y": "=="}}, 10**200, True):
        verdict = graded(tools, gaps=strange, lines=strange)
        assert verdict.status is Status.FAILED


def test_bits_of_code_are_compared_by_their_parts() -> None:
    assert same_code("x==1", "x == 1")
    assert same_code("range( 3 )", "range(3)")
    assert not same_code("not x", "notx")
    assert not same_code("x = 1", "x == 1")
    assert not same_code("'a b'", "'ab'")


def test_a_stored_answer_that_is_no_mapping_is_refused() -> None:
    with pytest.raises(AnswerError):
        from_text("- b\n", example("first-prints"), name="answer.yaml")


SWAPPED = (
    'lines: ["a = 1", "b = a + 2", "print(b)"]',
    'lines: ["a = 1", "b = 2", "print(a + b)"]\n    run: true',
)


@pytest.mark.parametrize(
    ("given", "right"),
    [
        (["a = 1", "b = 2", "print(a + b)"], True),
        (["b = 2", "a = 1", "print(a + b)"], True),
        (["a = 1", "print(a + b)", "b = 2"], False),
        (["a = 1", "print(3)", "b = 2"], False),
        (["print(3)"], False),
        (["a = 1", "b = 2", "print(a + b)", "print(c)"], False),
        (["a = 1", "a = 1", "b = 2", "print(a + b)"], False),
    ],
)
def test_another_order_counts_when_it_prints_the_same(
    given: list[str], right: bool, tools: Tools
) -> None:
    exercise = from_files(bent("first-prints", SWAPPED))
    fields = {**RIGHT, "lines": {"answer": given}}

    verdict = grade(exercise, Answer(fields=fields), tools=tools)

    assert verdict.details["questions"]["lines"]["right"] is right


def test_an_order_that_does_not_matter_is_refused(tools: Tools) -> None:
    change = (
        'lines: ["a = 1", "b = a + 2", "print(b)"]',
        'lines: ["a = 1", "b = 2"]\n    run: true',
    )

    found = check(from_files(bent("first-prints", change)), tools=tools)

    assert any("don't run and print" in str(problem) for problem in found)
