"""A chain: one's own prompt, its output, the review of it, the decision. Every key is computed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.answer import Answer
from grader.authored.problems import ExerciseError
from grader.engine import grade, revealed
from grader.exercise import from_files, load
from grader.kinds.chain.judge import output_of
from grader.kinds.tools import Tools
from grader.verdict import Problem, Status, Verdict

MODULE = "curriculum/courses/from-output-to-decision/02-check-as-deep-as-the-stakes"
EXERCISE = load(Path(__file__).parents[2] / MODULE / "the-car-park")

BASE = "Write parking_fee(minutes). An hour costs 250 cents. "
BEGUN, FREE, CAP = (
    "A started hour is paid in full. ",
    "The first 15 minutes are free. ",
    "The fee is at most 2000 cents. ",
)
ALL = BASE + BEGUN + FREE + CAP

FINDINGS = {
    "begun": {"call": "parking_fee(61)", "expected": "500"},
    "short": {"call": "parking_fee(10)", "expected": "0"},
    "long": {"call": "parking_fee(6000)", "expected": "2000"},
    "nothing": {"call": "parking_fee(60)", "expected": "250"},
    "mistaken": {"call": "parking_fee(60)", "expected": "999"},
}


def chain(
    prompt: str, *findings: str, call: str = "fix", decision: str = "mend", **fields: Any
) -> Answer:
    said = [{**FINDINGS[name], "why": "It should."} for name in findings]
    review = {"call": call, "findings": said}
    return Answer(fields={"prompt": prompt, "review": review, "decision": decision, **fields})


def links(verdict: Verdict) -> dict[str, tuple[float, bool]]:
    return {each["id"]: (each["score"], each["passed"]) for each in verdict.details["links"]}


def test_right_output_that_is_used_passes_and_is_worth_everything(tools: Tools) -> None:
    verdict = grade(EXERCISE, chain(ALL, call="use", decision="ship"), tools=tools)
    assert (verdict.status, verdict.score) == (Status.PASSED, 100)
    assert links(verdict) == dict.fromkeys(("prompt", "review", "decide"), (100.0, True))


def test_what_is_to_be_found_are_the_checks_that_ones_own_output_fails(tools: Tools) -> None:
    wrong = {
        prompt: [each["id"] for each in grade(
            EXERCISE, chain(prompt), tools=tools
        ).details["chain"]["wrong"]]
        for prompt in (ALL, BASE + FREE + CAP, BASE + BEGUN, BASE)
    }  # fmt: skip
    assert list(wrong.values()) == [[], ["begun"], ["short", "long"], ["begun", "short", "long"]]


def test_everything_found_in_wrong_output_earns_the_review_and_not_the_prompt(tools: Tools) -> None:
    verdict = grade(EXERCISE, chain(BASE + FREE + CAP, "begun"), tools=tools)
    found = links(verdict)
    assert verdict.status is Status.FAILED
    assert found["prompt"][1] is False
    assert found["review"] == (100.0, True)
    assert found["decide"] == (100.0, True), "a decision of weight 2 is wrong: mend it first"


def test_each_miss_costs_its_weight(tools: Tools) -> None:
    verdict = grade(EXERCISE, chain(BASE, "begun", "short"), tools=tools)
    assert links(verdict)["review"] == (75.0, False)
    assert "missed 1 of the 3" in verdict.requirements[1].feedback


@pytest.mark.parametrize(
    ("findings", "call", "review"),
    [
        ((), "use", (100.0, True)),
        ((), "fix", (0.0, False)),
        (("nothing",), "use", (75.0, True)),
        (("nothing", "long"), "use", (50.0, False)),
        (("mistaken",), "use", (75.0, True)),
        (("mistaken", "long", "short", "begun"), "use", (0.0, False)),
    ],
)
def test_finding_fault_with_right_output_costs(
    tools: Tools, findings: tuple[str, ...], call: str, review: tuple[float, bool]
) -> None:
    verdict = grade(EXERCISE, chain(ALL, *findings, call=call, decision="ship"), tools=tools)
    assert links(verdict)["review"] == review


def test_a_false_alarm_beside_a_find_costs_a_quarter_of_a_find(tools: Tools) -> None:
    verdict = grade(EXERCISE, chain(BASE + FREE + CAP, "begun", "nothing"), tools=tools)
    assert links(verdict)["review"] == (75.0, True)


@pytest.mark.parametrize(
    ("prompt", "decision", "worth"),
    [
        (ALL, "ship", 100), (ALL, "guard", 50), (ALL, "mend", 0),
        (BASE + BEGUN + FREE, "ship", 0), (BASE + BEGUN + FREE, "guard", 100),
        (BASE + BEGUN + FREE, "mend", 50), (BASE, "ship", 0), (BASE, "mend", 100),
    ],
)  # fmt: skip
def test_the_decision_is_worth_what_the_output_makes_it(
    tools: Tools, prompt: str, decision: str, worth: float
) -> None:
    verdict = grade(EXERCISE, chain(prompt, decision=decision), tools=tools)
    assert links(verdict)["decide"][0] == worth


BAD: dict[str, dict[str, Any]] = {
    "no review": {"review": None},
    "no call": {"review": {"findings": []}},
    "an unknown call": {"review": {"call": "dance"}},
    "no decision": {"decision": ""},
    "an unknown decision": {"decision": "burn"},
    "no prompt": {"prompt": None},
    "an empty prompt": {"prompt": ""},
    "half a finding": {"review": {"call": "fix", "findings": [{"call": "parking_fee(1)"}]}},
    "another function": {"review": {"call": "fix", "findings": [
        {"call": "print(1)", "expected": "1"}]}},
    "no call at all": {"review": {"call": "fix", "findings": [
        {"call": "1 +", "expected": "1"}]}},
    "no literal": {"review": {"call": "fix", "findings": [
        {"call": "parking_fee(open('x'))", "expected": "1"}]}},
    "an expected expression": {"review": {"call": "fix", "findings": [
        {"call": "parking_fee(1)", "expected": "__import__('os')"}]}},
    "twice the same": {"review": {"call": "fix", "findings": [FINDINGS["long"]] * 2}},
    "too many": {"review": {"call": "fix", "findings": [
        {"call": f"parking_fee({n})", "expected": "1"} for n in range(7)]}},
    "not a list": {"review": {"call": "fix", "findings": "everything"}},
    "not findings": {"review": {"call": "fix", "findings": [1, None]}},
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_said_and_costs_nothing(tools: Tools, name: str) -> None:
    given = {**chain(ALL, call="use").fields, **BAD[name]}
    verdict = grade(EXERCISE, Answer(fields=given), tools=tools)
    assert verdict.status is Status.INVALID
    assert verdict.problem is not None
    assert verdict.problem.message


def test_a_model_that_is_there_does_not_write_for_chains(tools: Tools) -> None:
    by_model = Tools(sandbox=tools.sandbox, generations={})
    verdict = grade(EXERCISE, chain(ALL, call="use", decision="ship"), tools=by_model)
    assert verdict.engine.startswith("practice")


def test_the_output_is_known_without_running_anything() -> None:
    assert output_of(EXERCISE, ALL) == EXERCISE.spec.code(EXERCISE.spec.correct)  # type: ignore[attr-defined]
    assert isinstance(output_of(EXERCISE, ""), Problem)


def test_after_the_end_each_finding_and_each_miss_is_told_without_hidden_values(
    tools: Tools,
) -> None:
    verdict = grade(EXERCISE, chain(BASE, "begun", "nothing"), tools=tools)
    told = revealed(EXERCISE, verdict)
    assert [each["outcome"] for each in told["findings"]] == ["found", "holds"]
    assert [each["caught"] for each in told["wrong"]] == [True, False, False]
    assert "1440" not in repr({**told, "prompt": "", "code": ""})
    assert verdict.for_learner().details == {}


def broken(old: str, new: str) -> str:
    files = dict(EXERCISE.files)
    assert old in files["exercise.yaml"]
    files["exercise.yaml"] = files["exercise.yaml"].replace(old, new)
    with pytest.raises(ExerciseError) as error:
        from_files(files)
    return " ".join(problem.message for problem in error.value.problems)


def test_an_authors_mistakes_are_named() -> None:
    assert "right whatever" in broken(
        "clean: 1, minor: 0, serious: 0", "clean: 1, minor: 1, serious: 1"
    )
    assert "No way is right when the output is minor" in broken("minor: 1", "minor: 0.9")
    assert "not the same" in broken("decide: [decide.stakes]", "decide: [decide.argue]")
    assert "used twice" in broken("id: guard", "id: ship")
    assert "two links" in broken("review: [review.logic]", "review: [prompt.edges]")
