"""A killing assertion is evidence. One that kills nothing, says nothing or is wrong is not."""

from __future__ import annotations

import pytest

from grader.engine import Tools, grade
from grader.exercise import from_files
from grader.verdict import Status
from tests.grader.review.items import SLIPS, Slip, exercise, oracle, review, slip_item

KILLS = [(slip, each) for slip in SLIPS for each in slip.kills]
LETS_THROUGH = [(slip, each) for slip in SLIPS for each in slip.lets_through]


def outcome(slip: Slip, tools: Tools, **evidence: str) -> str:
    """What became of this evidence for the slip's one defect."""
    made = slip_item(slip)
    verdict = grade(made, review(oracle(made, **evidence)), tools=tools)
    assert verdict.status.is_graded, verdict.problem
    (finding,) = verdict.details["review"]["findings"]
    assert (verdict.score == 100.0) == (finding["evidence"] == "proved")
    return str(finding["evidence"])


def named(pair: tuple[Slip, str]) -> str:
    return f"{pair[0].name}: {pair[1]}"[:60]


@pytest.mark.parametrize("pair", KILLS, ids=named)
def test_an_assertion_that_kills_is_accepted(pair: tuple[Slip, str], tools: Tools) -> None:
    slip, test = pair

    assert outcome(slip, tools, test=test) == "proved"


@pytest.mark.parametrize("pair", LETS_THROUGH, ids=named)
def test_an_assertion_that_kills_nothing_is_refused(pair: tuple[Slip, str], tools: Tools) -> None:
    slip, test = pair

    assert outcome(slip, tools, test=test) == "passes_on_both"


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_an_assertion_that_the_right_program_fails_is_refused(slip: Slip, tools: Tools) -> None:
    assert outcome(slip, tools, test="assert False") == "fails_on_correct"


USELESS = {
    "nothing": ("   ", "none"),
    "a comment": ("# it is wrong", "unreadable"),
    "no assertion": ("is_late(2)", "unreadable"),
    "a print": ("print(is_late(2))", "unreadable"),
    "a syntax error": ("assert is_late(2", "unreadable"),
    "an unknown name": ("assert is_lat(2)", "fails_on_correct"),
    "an unknown module": ("import nowhere\nassert is_late(3)", "broke_off"),
    "an error at the top": ("1 / 0\ndef test_it():\n    assert not is_late(2)", "broke_off"),
    "a test that is skipped": (
        "def test_it():\n    pytest.skip('no')\n    assert not is_late(2)",
        "fails_on_correct",
    ),
    "a test that ends the run": (
        "def test_it():\n    pytest.exit('over')\n    assert not is_late(2)",
        "broke_off",
    ),
    "exit": ("def test_it():\n    raise SystemExit(0)", "fails_on_correct"),
    "an endless loop": ("while True:\n    assert True", "stopped"),
    "a hang in the program": (
        "assert is_late(3)\nwhile is_late(3): pass",
        "stopped",
    ),
    "a test that is expected not to pass": (
        "@pytest.mark.xfail(strict=True)\ndef test_it():\n    assert is_late(2)",
        "fails_on_correct",
    ),
}


@pytest.mark.parametrize("what", USELESS)
def test_evidence_that_is_no_evidence_gets_a_reason(what: str, tools: Tools) -> None:
    test, expected = USELESS[what]

    found = outcome(SLIPS[0], tools, test=test)

    assert found == expected


CHEATS = {
    "reads the program": "import inspect, thing\nassert '>' in inspect.getsource(thing)",
    "opens files": "assert open('thing.py').read()",
    "looks at the process": "import os\nassert os.getpid() % 2",
    "asks by another name": "import pytest as p\nassert p.__builtins__",
    "reads compiled code": "assert is_late.__code__.co_consts == (None,)",
    "calls by text": "assert eval('is_late(2)') is False",
    "walks the frames": "import sys\nassert sys._getframe()",
    "imports by name": "assert __import__('os')",
}


@pytest.mark.parametrize("what", CHEATS)
def test_a_test_may_only_ask_the_program_what_it_does(what: str, tools: Tools) -> None:
    assert outcome(SLIPS[0], tools, test=CHEATS[what]) == "unreadable"


OWN_WORDS = {
    "a name that Python has too": "input = 2\nassert not is_late(input)",
    "a parameter": "@pytest.mark.parametrize('dir', [2])\n"
    "def test_it(dir):\n    assert not is_late(dir)",
    "a library": "import math, itertools\nassert not is_late(math.floor(2.5))",
    "an import of the program": "from thing import is_late as late\nassert not late(2)",
    "a message": "assert is_late(2) is False, 'two days are free'",
    "unittest": "import unittest\nclass TestIt(unittest.TestCase):\n    def test_it(self):\n"
    "        self.assertFalse(is_late(2))",
    "a helper": "def late(days):\n    return is_late(days)\ndef test_it():\n    assert not late(2)",
    "an attribute called code": "class Reply:\n    code = 2\nassert not is_late(Reply.code)",
}


@pytest.mark.parametrize("what", OWN_WORDS)
def test_an_honest_test_may_be_written_in_its_own_words(what: str, tools: Tools) -> None:
    assert outcome(SLIPS[0], tools, test=OWN_WORDS[what]) == "proved"


def test_a_test_that_goes_by_chance_proves_nothing(tools: Tools) -> None:
    chancy = "import random\nassert random.SystemRandom().random() < 0.5"

    found = {outcome(SLIPS[0], tools, test=chancy) for _ in range(6)}

    assert "proved" not in found


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_fix_that_mends_the_defect_is_evidence(slip: Slip, tools: Tools) -> None:
    right = slip.right.splitlines()[slip.wrong_line - 1]

    assert outcome(slip, tools, fix=right) == "proved"


FIXES = {
    "nothing changed": ("    return days >= grace", "fix_unchanged"),
    "only spaces changed": ("    return days >= grace   ", "fix_unchanged"),
    "still wrong": ("    return days >= grace and True", "fix_not_yet"),
    "breaks what worked": ("    return False", "fix_breaks"),
    "can't be read": ("    return days >", "unreadable"),
    "taken out": ("", "unreadable"),
    "hangs": ("    while True: pass", "fix_not_yet"),
}


@pytest.mark.parametrize("what", FIXES)
def test_a_fix_that_does_not_mend_gets_a_reason(what: str, tools: Tools) -> None:
    fix, expected = FIXES[what]
    slip = SLIPS[0]
    broader = (
        "from thing import *\ndef test_it():\n    assert is_late(2) is False\n"
        "def test_late():\n    assert is_late(3)\n"
    )
    files = {**slip_item(slip).files, "hidden/test_thing.py": broader}
    made = from_files(files)
    verdict = grade(made, review(oracle(made, fix=fix)), tools=tools)

    assert verdict.details["review"]["findings"][0]["evidence"] == expected


def test_evidence_for_one_defect_is_no_evidence_for_another(tools: Tools) -> None:
    text = "def add(a, b):\n    return a - b\n\n\ndef twice(a):\n    return a * 3\n" + "".join(
        f"V{at} = {at}\n" for at in range(20)
    )
    tests = (
        "from thing import *\ndef test_add():\n    assert add(1, 2) == 3\n"
        "def test_twice():\n    assert twice(2) == 4\n"
    )
    shared = {"category": "logic", "severity": "major", "explain": "Wrong."}
    defects = [
        {"id": "a", "lines": 2, "corrected": "return a + b", "witness": {"tests": ["test_add"]}},
        {"id": "b", "lines": 6, "corrected": "return a * 2", "witness": {"tests": ["test_twice"]}},
    ]
    made = exercise(
        text,
        [each | shared for each in defects],
        proof=True,
        more={"hidden/test_thing.py": tests},
    )
    findings = [
        {"lines": 2, "test": "assert twice(2) == 4"},
        {"lines": 6, "test": "assert twice(2) == 4"},
    ]

    found = grade(made, review(findings), tools=tools).details["review"]["findings"]

    assert [each["evidence"] for each in found] == ["passes_on_both", "proved"]


def test_a_proof_that_breaks_off_costs_nothing_but_itself(tools: Tools) -> None:
    made = slip_item(SLIPS[0])

    verdict = grade(made, review(oracle(made, test="import nowhere\nassert 1")), tools=tools)

    assert verdict.status is Status.PASSED
    assert verdict.score == 55.0
