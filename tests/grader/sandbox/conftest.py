"""One real sandbox for the whole run: it is the thing under test.

``TEST_ISOLATION=landlock`` opens the level below the strongest, to try the same programs there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from grader.sandbox import Isolation, open_sandbox, opening
from grader.sandbox.supervise.sandbox import ProcessSandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[ProcessSandbox]:
    if os.environ.get("TEST_ISOLATION") == Isolation.LANDLOCK:
        opening.WHY_NOT["namespaces"] = "these tests are for the level below"
    opened = open_sandbox()
    assert isinstance(opened, ProcessSandbox)
    yield opened
    opened.close()
