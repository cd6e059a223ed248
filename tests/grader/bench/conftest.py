"""One real sandbox for the whole run: it is the thing under test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.sandbox import open_sandbox
from grader.sandbox.supervise.sandbox import ProcessSandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[ProcessSandbox]:
    opened = open_sandbox()
    assert isinstance(opened, ProcessSandbox)
    yield opened
    opened.close()
