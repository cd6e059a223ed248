"""The exercises are read as files; their hidden tests run only in a sandbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.engine import Tools
from grader.sandbox import open_sandbox

collect_ignore = ["exercises"]


@pytest.fixture(scope="session")
def tools() -> Iterator[Tools]:
    """A real sandbox, the strongest that this machine allows."""
    sandbox = open_sandbox()
    yield Tools(sandbox=sandbox)
    sandbox.close()
