"""Running an author's tests against a program, for the tests of just that."""

from __future__ import annotations

import textwrap
from pathlib import Path

from grader.sandbox import Sandbox
from grader.sandbox.base import Limits, Program, SuiteOutcome, SuiteTest

SHOP = (Path(__file__).parent / "programs" / "shop.txt").read_text()
QUICK = Limits(cpu_per_case=1.0, cpu_total=8.0, wall_per_case=60.0, wall_total=300.0)


def suite(
    sandbox: Sandbox, tests: str, *, program: str = SHOP, limits: Limits = QUICK, **more: str
) -> SuiteOutcome:
    """``more`` are further files, ``conftest__py`` for ``conftest.py``."""
    files = {"test_it.py": textwrap.dedent(tests)}
    files |= {name.replace("__", "."): text for name, text in more.items()}
    return sandbox.run_suite(Program(files={"solution.py": program}), files, limits)


def statuses(outcome: SuiteOutcome) -> dict[str, str]:
    return {test.id.partition("::")[2]: test.status.value for test in outcome.tests}


def only(sandbox: Sandbox, body: str, *, program: str = SHOP) -> SuiteTest:
    """The one test in this body, for which the program's names are imported."""
    head = "import pytest, solution\nfrom solution import *\n"
    outcome = suite(sandbox, head + textwrap.dedent(body), program=program)
    (test,) = outcome.tests
    return test
