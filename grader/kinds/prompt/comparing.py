"""The variant ``compare_two``: which of two prompts gives what is needed, and what the other one
leaves open."""

from __future__ import annotations

from typing import Any

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.kinds.prompt.spec import PromptSpec
from grader.kinds.tools import Phases, Tools
from grader.kinds.trials import Trial, Writing, run
from grader.practice import ENGINE
from grader.verdict import Problem, RequirementResult, Status, TestResult, TestStatus, Verdict

CHOICE_SHARE, MISSING_SHARE = 0.5, 0.5
NOT_CHOSEN = "Choose one of the two prompts first."
WRONG_CHOICE = (
    "The checks say otherwise. Run both in your head on the examples: which code is right?"
)
WRONG_MARK = "Look at the weaker prompt again: does it decide about {about}?"


def judge(
    exercise: Exercise, spec: PromptSpec, answer: Answer, *, tools: Tools, phases: Phases
) -> Verdict:
    """The choice and the marks against what running both prompts' code shows."""
    choice, marked = answer.fields.get("choice"), answer.fields.get("missing", [])
    if choice not in ("a", "b") or not isinstance(marked, list):
        return Verdict(
            status=Status.INVALID,
            problem=Problem(code="empty", message=NOT_CHOSEN),
            engine=ENGINE,
        )
    with phases("run"):
        trials = practised_pair(exercise, spec, tools)
    with phases("judge"):
        return _verdict(spec, str(choice), {str(each) for each in marked}, trials)


def practised_pair(exercise: Exercise, spec: PromptSpec, tools: Tools) -> dict[str, Trial]:
    """Both prompts' code by the practice model, run."""
    assert spec.pair is not None
    codes = (spec.practised(spec.pair.a), spec.practised(spec.pair.b))
    writing = Writing(engine=ENGINE, practice=True, codes=codes, problems=("", ""))
    first, second = run(exercise, writing, spec.cases, tools)
    return {"a": first, "b": second}


def _verdict(spec: PromptSpec, choice: str, marked: set[str], trials: dict[str, Trial]) -> Verdict:
    better = max(trials, key=lambda name: (trials[name].passed, name == "a"))
    weaker = trials["b" if better == "a" else "a"]
    open_ones = {each.id for each in spec.decisions if not weaker.does(each.id)}
    marks = [
        {"id": each.id, "about": each.about, "open": each.id in open_ones,
         "marked": each.id in marked}
        for each in spec.decisions
    ]  # fmt: skip
    right = choice == better
    known = {each.id for each in spec.decisions}
    share = _marks_share(open_ones, marked & known)
    everything = right and marked == open_ones
    tests = (_choice_test(right), *(_mark_test(mark) for mark in marks))
    whole = 100 * (CHOICE_SHARE * right + MISSING_SHARE * share)
    return Verdict(
        status=Status.PASSED if everything else Status.FAILED,
        score=100.0 if everything else min(round(whole, 1), 99.9),
        tests=tests,
        requirements=_rules(right, marks),
        engine=ENGINE,
        versions={"practice": ENGINE},
        details={"compared": {"right": right, "chosen": choice, "better": better, "marks": marks}},
    )


def _marks_share(open_ones: set[str], marked: set[str]) -> float:
    """The share of open decisions that are marked, less what is marked without being open."""
    hits, wrong = len(open_ones & marked), len(marked - open_ones)
    return max(0.0, (hits - wrong) / len(open_ones)) if open_ones else float(not wrong)


def _choice_test(right: bool) -> TestResult:
    return TestResult(
        id="choice",
        title="The prompt that gives what is needed",
        status=TestStatus.PASSED if right else TestStatus.FAILED,
        requirement="choice",
        visible=True,
    )


def _mark_test(mark: dict[str, Any]) -> TestResult:
    right = mark["open"] == mark["marked"]
    return TestResult(
        id=f"mark-{mark['id']}",
        title=mark["about"],
        status=TestStatus.PASSED if right else TestStatus.FAILED,
        requirement=mark["id"],
        visible=True,
    )


def _rules(right: bool, marks: list[dict[str, Any]]) -> tuple[RequirementResult, ...]:
    choice = RequirementResult(
        id="choice",
        says="The prompt that gives what is needed",
        weight=2.0,
        passed=int(right),
        total=1,
        feedback="" if right else WRONG_CHOICE,
    )
    return (choice, *map(_mark_rule, marks))


def _mark_rule(mark: dict[str, Any]) -> RequirementResult:
    right = mark["open"] == mark["marked"]
    return RequirementResult(
        id=mark["id"],
        says=mark["about"][:1].upper() + mark["about"][1:],
        weight=1.0,
        passed=int(right),
        total=1,
        feedback="" if right else WRONG_MARK.format(about=mark["about"]),
    )
