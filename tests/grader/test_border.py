"""What crosses to the sandbox, and what is made of its answers. The sandbox is scripted."""

from __future__ import annotations

import pytest

from grader.answer import Answer
from grader.checks.case_runs import raises
from grader.engine import Tools, grade
from grader.exercise import Exercise, from_files
from grader.sandbox.base import Ended, HarnessBroken, Limits, Outcome, Raised
from grader.verdict import Status, TestStatus, Verdict
from tests.grader.examples import all_words, bent, example
from tests.grader.scripted import ScriptedSandbox

REFERENCE = Answer(files=example("late-loans").folder("reference"))


def cases_only(*changes: tuple[str, str]) -> Exercise:
    """The example without its suite."""
    files = bent("late-loans", *changes)
    start = files["exercise.yaml"].index("suites:")
    end = files["exercise.yaml"].index("constraints:")
    text = files["exercise.yaml"][:start] + files["exercise.yaml"][end:]
    moved = text.replace("id: no-days, requirement: boundary", "id: no-days, requirement: fee")
    return from_files({**files, "exercise.yaml": moved})


def answered(**outcomes: Outcome) -> ScriptedSandbox:
    return ScriptedSandbox(
        outcomes={name.replace("_", "-"): outcome for name, outcome in outcomes.items()}
    )


def value(name: str, wire: object) -> Outcome:
    return Outcome(id=name, ended=Ended.RETURNED, value=wire)


RIGHT = {
    "last_day": value("last-day", False),
    "day_after": value("day-after", True),
    "no_days": value("no-days", False),
    "minus": Outcome(
        id="minus",
        ended=Ended.RAISED,
        raised=Raised(name="ValueError", bases=("ValueError", "Exception", "BaseException")),
    ),
}


def graded(sandbox: ScriptedSandbox) -> Verdict:
    return grade(cases_only(), REFERENCE, tools=Tools(sandbox=sandbox))


def test_right_answers_pass_with_a_full_score() -> None:
    verdict = graded(answered(**RIGHT))

    assert verdict.status is Status.PASSED
    assert verdict.score == 100


def test_no_expected_value_crosses_to_the_sandbox() -> None:
    sandbox = answered(**RIGHT)

    graded(sandbox)

    crossed = repr(sandbox.asked)
    assert "expected" not in crossed
    assert "returns" not in crossed
    assert "boundary" not in crossed


@pytest.mark.parametrize(
    ("ended", "status", "test_status"),
    [
        (Ended.TIMED_OUT, Status.TIMED_OUT, TestStatus.TIMED_OUT),
        (Ended.OUT_OF_MEMORY, Status.OUT_OF_MEMORY, TestStatus.OUT_OF_MEMORY),
        (Ended.OUTPUT_LIMIT, Status.OUTPUT_LIMIT, TestStatus.OUTPUT_LIMIT),
    ],
)
def test_a_stopped_case_is_named_and_the_checks_that_ran_are_kept(
    ended: Ended, status: Status, test_status: TestStatus
) -> None:
    outcomes = {
        **RIGHT,
        "day_after": Outcome(id="day-after", ended=ended),
        "no_days": Outcome(id="no-days", ended=Ended.NOT_RUN),
        "minus": Outcome(id="minus", ended=Ended.NOT_RUN),
    }

    verdict = graded(answered(**outcomes))

    assert verdict.status is status
    assert verdict.score is None
    assert verdict.problem is not None
    assert verdict.problem.code == status.value
    assert [test.status for test in verdict.tests[:4]] == [
        TestStatus.PASSED,
        test_status,
        TestStatus.NOT_RUN,
        TestStatus.NOT_RUN,
    ]


@pytest.mark.parametrize("ended", [Ended.DIED, Ended.NOT_RUN, Ended.RAISED])
def test_a_case_that_never_answered_is_never_passed(ended: Ended) -> None:
    outcomes = {**RIGHT, "last_day": Outcome(id="last-day", ended=ended, value=False)}

    verdict = graded(answered(**outcomes))

    assert verdict.status is not Status.PASSED
    assert verdict.score in (None, 60)
    assert verdict.tests[0].status is not TestStatus.PASSED


def test_checks_that_the_time_did_not_reach_make_no_score() -> None:
    rest = {name: Outcome(id=name.replace("_", "-"), ended=Ended.NOT_RUN) for name in RIGHT}

    verdict = graded(answered(**{**rest, "last_day": RIGHT["last_day"]}))

    assert verdict.status is Status.TIMED_OUT
    assert verdict.tests_passed == 2  # the first case, and the rule about the code


def test_a_program_that_stops_before_any_check_says_where_and_why() -> None:
    start = Raised(name="NameError", message="name 'dyas' is not defined", line=3)
    outcomes = {
        name: Outcome(id=name.replace("_", "-"), ended=Ended.NOT_RUN, raised=start, stdout="hi\n")
        for name in RIGHT
    }

    verdict = graded(answered(**outcomes))

    assert verdict.status is Status.FAILED
    assert verdict.score == 20  # 20 for the rule about the code, which holds
    assert verdict.problem is not None
    assert verdict.problem.line == 3
    assert "NameError: name 'dyas' is not defined" in verdict.problem.message
    assert "Check its spelling" in verdict.problem.message
    assert verdict.output == "hi"


def test_an_answer_to_another_case_is_our_fault_and_no_verdict() -> None:
    outcomes = {**RIGHT, "last_day": value("another", False)}

    with pytest.raises(HarnessBroken):
        graded(answered(**outcomes))


def test_suites_of_which_nothing_ran_are_our_fault_and_no_verdict() -> None:
    with pytest.raises(HarnessBroken):
        grade(example("late-loans"), REFERENCE, tools=Tools(sandbox=answered(**RIGHT)))


def test_a_subclass_of_the_asked_exception_is_accepted() -> None:
    raised = Raised(name="TooFew", bases=("ValueError", "Exception", "BaseException"))
    outcomes = {**RIGHT, "minus": Outcome(id="minus", ended=Ended.RAISED, raised=raised)}

    assert graded(answered(**outcomes)).status is Status.PASSED


@pytest.mark.parametrize(
    ("asked", "name", "bases", "holds"),
    [
        ("ValueError", "ValueError", ("ValueError", "Exception", "BaseException"), True),
        ("ValueError", "ValueError", ("Exception", "BaseException"), False),  # only its name
        ("LookupError", "KeyError", ("KeyError", "LookupError", "Exception"), True),
        ("IOError", "OSError", ("OSError", "Exception"), True),  # two names of one class
        ("FeeError", "FeeError", ("Exception", "BaseException"), True),
        ("FeeError", "ValueError", ("ValueError", "Exception"), False),
        ("JSONDecodeError", "JSONDecodeError", ("ValueError", "Exception"), True),
        ("print", "print", ("Exception",), True),  # no exception of Python's
    ],
)
def test_an_exception_of_pythons_is_known_by_its_class_and_another_by_its_name(
    asked: str, name: str, bases: tuple[str, ...], *, holds: bool
) -> None:
    assert raises(Raised(name=name, bases=bases), asked) is holds


def test_true_and_one_are_not_the_same() -> None:
    verdict = graded(answered(**{**RIGHT, "day_after": value("day-after", 1)}))

    assert verdict.tests[1].status is TestStatus.FAILED


def test_a_value_that_is_no_plain_value_never_passes() -> None:
    verdict = graded(answered(**{**RIGHT, "last_day": value("last-day", {"opaque": "Liar"})}))

    assert verdict.tests[0].status is TestStatus.FAILED


def test_the_sites_ceilings_win_over_the_exercise() -> None:
    sandbox = answered(**RIGHT)
    tools = Tools(sandbox=sandbox, ceilings=Limits(cpu_per_case=0.5, memory_mb=64))

    grade(cases_only(), REFERENCE, tools=tools)

    assert sandbox.limits[0].cpu_per_case == 0.5
    assert sandbox.limits[0].memory_mb == 64


def test_a_verdict_says_what_judged_it_and_survives_storage() -> None:
    verdict = graded(answered(**RIGHT))

    assert verdict.engine == "code@3"
    assert verdict.isolation == "landlock"
    assert verdict.versions["exercise"] == cases_only().content_hash
    assert verdict.phases.keys() == {"read", "run", "judge", "total"}
    assert Verdict.from_json(verdict.as_json()) == verdict


def test_what_a_database_refuses_is_stored_as_an_escape() -> None:
    raised = Raised(name="ValueError", message="a\x00b\ud800\x1b[31m")
    outcomes = {**RIGHT, "last_day": Outcome(id="last-day", ended=Ended.RAISED, raised=raised)}

    got = graded(answered(**outcomes)).tests[0].got

    assert got == "ValueError: a\\x00b\\ud800\\x1b[31m"


HIDDEN_ERROR = Raised(name="Secret4711", bases=("KeyError", "Exception"), message="4711", line=7)


def test_an_exception_in_a_hidden_check_is_told_without_its_words_or_its_own_name() -> None:
    outcomes = {
        **RIGHT,
        "day_after": Outcome(id="day-after", ended=Ended.RAISED, raised=HIDDEN_ERROR),
    }

    verdict = graded(answered(**outcomes)).for_learner()

    assert verdict.tests[1].message.startswith("Your code stopped on line 7 with KeyError.")
    assert "4711" not in all_words(verdict)


def test_what_code_prints_in_a_hidden_check_is_not_shown() -> None:
    outcomes = {
        **RIGHT,
        "last_day": Outcome(id="last-day", ended=Ended.RETURNED, value=False, stdout="shown\n"),
        "day_after": Outcome(id="day-after", ended=Ended.RETURNED, value=True, stdout="4711\n"),
    }

    verdict = graded(answered(**outcomes)).for_learner()

    assert verdict.output == "shown"
    assert "4711" not in all_words(verdict)


def test_printing_instead_of_returning_is_said() -> None:
    outcomes = {
        **RIGHT,
        "day_after": Outcome(id="day-after", ended=Ended.RETURNED, stdout="True\n"),
    }

    assert "prints the value" in graded(answered(**outcomes)).tests[1].message


def test_feedback_that_would_give_a_hidden_value_away_is_replaced() -> None:
    leaky = ("Your code takes a minus number of days.", "Try 4711 days.")
    hidden = ("is_late(-3, 14)", "is_late(-4711, 14)")
    exercise = cases_only(leaky, hidden)
    sandbox = answered(**{**RIGHT, "minus": value("minus", None)})

    verdict = grade(exercise, REFERENCE, tools=Tools(sandbox=sandbox))

    rule = next(each for each in verdict.requirements if each.id == "refuses")
    assert rule.feedback.startswith("This rule doesn't hold yet.")
    assert "4711" not in all_words(verdict.for_learner())
