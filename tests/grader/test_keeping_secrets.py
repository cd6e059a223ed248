"""A program sees what hidden checks give it. Nothing of that may reach what its learner reads.

The programs here are hostile: they keep what they were given and say it wherever they can.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from grader.answer import Answer
from grader.engine import Tools, grade
from grader.exercise import Exercise, from_files
from grader.sandbox.base import Call, Ended, Limits, Outcome, Program, Raised, Sandbox
from grader.verdict import TestStatus, Verdict
from tests.grader.examples import all_words
from tests.grader.scripted import ScriptedSandbox

CANARY = 470011
TOLD = str(CANARY + 1)  # in other words: the guard over texts knows only the value itself

HEAD = """
uuid: 3b0f6a52-58d7-4d0c-9a43-4f2f5ad0c111
title: Halves
kind: code
skills: [read.trace]
minutes: 5
summary: Write half.
limits: {cpu_per_case: 0.5, cpu_total: 2.0, memory_mb: 128}
hints: [Look., Think., Nearly.]
requirements:
  - {id: halves, says: It halves., feedback: "The half differs. What is divided?"}
"""
CASES = f"""
cases:
  - {{id: secret, requirement: halves, title: One, call: "half({CANARY})", returns: 235005}}
  - {{id: shown, requirement: halves, title: Two, visible: true, call: "half(8)", returns: 4}}
  - {{id: other-secret, requirement: halves, title: Three, call: "third(9)", returns: 3}}
  - {{id: last-shown, requirement: halves, title: Four, visible: true, call: "half(6)", returns: 3}}
"""
SUITE = """
suites:
  - file: test_half.py
    runner: pytest
    requirement: halves
    tests:
      test_shown: {visible: true, title: Two}
"""
TESTS = f"""
import pytest
from solution import half, third


@pytest.fixture(scope="module")
def shared():
    return 1


def test_secret(shared): assert half({CANARY}) == 235005
class TestMore:
    @pytest.mark.parametrize("number", [8, 6])
    def test_shown(self, shared, number): assert half(number) == number // 2
def test_last(): assert third(9) == 3
"""
TELLS = """
kept = []

def half(number):
    kept.append(number + 1)
    print("kept", kept)
    {tell}

third = half
"""
HOSTILE = {
    "returns it": TELLS.format(tell="return kept"),
    "raises it": TELLS.format(tell="raise ValueError(str(kept))"),
    "raises it under our own name": TELLS.format(
        tell="raise type('MissingFunction', (Exception,), {})(str(kept))"
    ),
    "raises a class of its name": TELLS.format(tell="raise type(f'E{kept}', (KeyError,), {})()"),
    "says it where a function is missing": """
kept = []

def half(number):
    kept.append(number + 1)
    globals().pop("third", None)

def third(number): return 3

def __getattr__(name):
    print("kept", kept)
    raise AttributeError(str(kept))
""",
    "says it from a thread": """
import threading, time
kept = []

def later():
    while True:
        time.sleep(0.001)
        print("kept", kept, flush=True)

threading.Thread(target=later, daemon=True).start()

def half(number):
    kept.append(number + 1)
    time.sleep(0.01)

third = half
""",
    "leaves it to the next process": """
import os
try:
    print(open("kept").read())
    raise ValueError(open("kept").read())
except FileNotFoundError:
    pass

def half(number):
    open("kept", "a").write(str(number + 1))
    os._exit(0)

third = half
""",
}


def exercise(*parts: str, hidden: Mapping[str, str] | None = None) -> Exercise:
    reference = "def half(number): return number // 2\ndef third(number): return number // 3\n"
    return from_files(
        {
            "exercise.yaml": HEAD + "".join(parts),
            "README.md": "Write half and third.",
            "coach.md": "Nothing.",
            "starter/solution.py": "def half(number): pass\ndef third(number): pass\n",
            "reference/solution.py": reference,
            **{f"hidden/{name}": text for name, text in (hidden or {}).items()},
        }
    )


WAYS = {
    "cases": exercise(CASES),
    "a suite": exercise(SUITE, hidden={"test_half.py": TESTS}),
    "cases and a suite": exercise(CASES, SUITE, hidden={"test_half.py": TESTS}),
}


def learners_words(verdict: Verdict) -> str:
    return all_words(verdict.for_learner())


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("asked", WAYS.values(), ids=WAYS.keys())
def test_nothing_a_hidden_check_gave_reaches_the_learner(
    asked: Exercise, source: str, tools: Tools
) -> None:
    verdict = grade(asked, Answer(files={"solution.py": source}), tools=tools)

    assert TOLD not in learners_words(verdict)
    assert any(test.status is not TestStatus.PASSED for test in verdict.tests)


def test_these_programs_do_keep_and_tell_what_they_are_given(tools: Tools) -> None:
    verdict = grade(
        WAYS["cases"], Answer(files={"solution.py": HOSTILE["returns it"]}), tools=tools
    )

    by_id = {test.id: test for test in verdict.tests}
    assert by_id["last-shown"].got == "[9, 7]"
    assert by_id["other-secret"].got == f"[9, 7, {TOLD}, 10]"


def test_results_stand_in_the_authors_order_whatever_order_they_ran_in(tools: Tools) -> None:
    asked = WAYS["cases and a suite"]

    verdict = grade(asked, Answer(files=asked.folder("reference")), tools=tools)

    assert verdict.score == 100
    assert [test.id for test in verdict.tests] == [
        "secret",
        "shown",
        "other-secret",
        "last-shown",
        "test_half.py::test_secret",
        "test_half.py::TestMore::test_shown[8]",
        "test_half.py::TestMore::test_shown[6]",
        "test_half.py::test_last",
    ]


def test_what_the_program_raises_at_the_top_of_a_test_file_is_told_without_its_words(
    tools: Tools,
) -> None:
    at_top = f"from solution import half\nHALF = half({CANARY})\ndef test_shown(): assert HALF\n"
    source = "def half(number):\n    raise KeyError(number + 1)\n"

    verdict = grade(
        exercise(SUITE, hidden={"test_half.py": at_top}),
        Answer(files={"solution.py": source}),
        tools=tools,
    )

    assert verdict.score == 0
    assert "stopped on line 2 with KeyError." in verdict.tests[0].message
    assert TOLD not in learners_words(verdict)


def test_an_import_that_stops_only_after_a_hidden_case_is_not_quoted() -> None:
    told = Raised(name=f"Kept{TOLD}", message=TOLD)
    sandbox = ScriptedSandbox(
        outcomes={
            "shown": Outcome(id="shown", ended=Ended.RETURNED, value=4),
            "last-shown": Outcome(id="last-shown", ended=Ended.RETURNED, value=3),
            "secret": Outcome(id="secret", ended=Ended.DIED),
            "other-secret": Outcome(
                id="other-secret", ended=Ended.NOT_RUN, raised=told, stdout=TOLD
            ),
        }
    )

    verdict = grade(
        WAYS["cases"],
        Answer(files=WAYS["cases"].folder("reference")),
        tools=Tools(sandbox=sandbox),
    )

    assert verdict.problem is None
    assert TOLD not in learners_words(verdict)


LEAVES = f"""
import builtins, os, sys
builtins.kept = sys.kept = {CANARY}
os.environ["KEPT"] = "{CANARY}"

def f(number):
    globals()["kept"] = sys.modules["kept"] = number
    for folder in (".", "/tmp", "/var/tmp", "/dev/shm", os.path.dirname(os.__file__)):
        try:
            with open(f"{{folder}}/kept.py", "w") as file:
                file.write(f"kept = {{number}}")
        except OSError:
            pass
    os._exit(0)
"""
FINDS = """
import builtins, os, sys

def f():
    found = [getattr(builtins, "kept", None), getattr(sys, "kept", None), globals().get("kept")]
    found += [os.environ.get("KEPT"), sys.modules.get("kept")]
    for folder in (".", "/tmp", "/var/tmp", "/dev/shm", os.path.dirname(os.__file__)):
        try:
            found.append(open(f"{folder}/kept.py").read())
        except OSError:
            found.append(None)
    try:
        import kept
        found.append(kept)
    except ImportError:
        found.append(None)
    return found
"""


def test_a_later_submission_finds_nothing_that_an_earlier_one_kept(tools: Tools) -> None:
    assert _outcome(tools.sandbox, LEAVES, CANARY).ended is Ended.DIED

    assert _outcome(tools.sandbox, FINDS).value == [None] * 11


def _outcome(sandbox: Sandbox, source: str, *args: int) -> Outcome:
    program = Program(files={"solution.py": source})
    (outcome,) = sandbox.run_calls(program, [Call(id="it", function="f", args=args)], Limits())
    return outcome


def test_how_long_a_hidden_check_took_is_not_told() -> None:
    sandbox = ScriptedSandbox(
        outcomes={"secret": Outcome(id="secret", ended=Ended.RETURNED, duration=0.470011)}
    )

    verdict = grade(
        WAYS["cases"],
        Answer(files=WAYS["cases"].folder("reference")),
        tools=Tools(sandbox=sandbox),
    )

    assert verdict.tests[0].duration == 0.470011
    assert verdict.for_learner().tests[0].duration == 0
