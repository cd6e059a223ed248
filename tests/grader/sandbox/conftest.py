"""One real sandbox for the whole run: it is the thing under test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.sandbox import Sandbox, open_sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    opened = open_sandbox()
    yield opened
    opened.close()
