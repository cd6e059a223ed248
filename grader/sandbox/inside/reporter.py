"""A pytest plugin that tells the supervisor what became of each test, as it happens."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest

from grader.sandbox.inside.peer import Peer
from grader.sandbox.inside.remote_errors import WORDS
from grader.sandbox.inside.solution import MISSED

_MOST_MESSAGE = 2000
_NAMED_PROBLEMS = 5


class Reporter:
    """``tell`` sends one frame; ``ask`` does, too, and waits until what the program printed has
    been put to it. ``done`` are tests that an earlier process has finished; ``first`` those, as
    ``file::function``, that are run before all others."""

    def __init__(
        self,
        tell: Callable[[Any], None],
        *,
        ask: Callable[[Any], None],
        peer: Peer,
        done: frozenset[str],
        first: frozenset[str],
        words: Callable[[BaseException | None], dict[str, Any] | None] | None = None,
    ) -> None:
        """``words`` finds the learner's exception behind one, where it isn't marked as such."""
        self.words = words or _learners_words
        self.tell = tell
        self.ask = ask
        self.peer = peer
        self.done = done
        self.first = first
        self.reports: list[pytest.TestReport] = []
        self.raised: dict[str, Any] | None = None

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        collected = {"collected": [item.nodeid for item in items]}
        if self.first:
            self.ask({**collected, "asks": True})
        else:
            self.tell(collected)
        items[:] = [item for item in items if item.nodeid not in self.done]
        items.sort(key=lambda item: _function(item.nodeid) not in self.first)

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self) -> Generator[None, Any, Any]:
        report = yield
        if report.failed:
            call = getattr(report, "call", None)
            self._cannot_collect(call.excinfo.value if call is not None else None, report)
        return report

    def _cannot_collect(self, raised: BaseException | None, report: Any) -> None:
        words = self.words(raised) or (MISSED[-1] if MISSED else None)
        if words is not None:
            self.tell({"problem": words})
        else:
            self.tell({"broken": str(report.longrepr)[-_MOST_MESSAGE:]})

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.reports, self.raised = [], None
        self.peer.cannot.clear()
        self.tell({"start": nodeid})

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
        report = yield
        if call.excinfo is not None:
            self.raised = self.raised or self.words(call.excinfo.value)
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.reports.append(report)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        finished = {
            "finished": nodeid,
            "status": self._status(),
            "message": self._message()[-_MOST_MESSAGE:],
            "raised": self.raised,
            "cannot": self.peer.cannot[:_NAMED_PROBLEMS],
        }
        if _function(nodeid) in self.first:
            self.ask({**finished, "asks": True})
        else:
            self.tell(finished)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        self.tell({"ran": True})

    def _status(self) -> str:
        failed = any(report.failed for report in self.reports)
        if self.peer.cannot or (failed and self.raised is not None):
            return "error"
        if failed:
            return "failed"
        if any(report.skipped for report in self.reports):
            return "skipped"
        called = any(report.when == "call" and report.passed for report in self.reports)
        return "passed" if called else "error"

    def _message(self) -> str:
        problems = [f"This cannot cross: {what}." for what, _, _ in self.peer.cannot]
        failures = [report.longreprtext for report in self.reports if report.failed]
        return "\n".join([*problems[:_NAMED_PROBLEMS], *failures])


def _function(test: str) -> str:
    """``test_fees.py::test_free`` for ``test_fees.py::TestFees::test_free[2]``."""
    file, _, rest = test.partition("::")
    return f"{file}::{rest.partition('[')[0].rpartition('::')[2]}"


def _learners_words(problem: BaseException | None) -> dict[str, Any] | None:
    """The words of the learner's exception behind this one, if there is one."""
    while problem is not None:
        words: dict[str, Any] | None = getattr(problem, "__dict__", {}).get(WORDS)
        if words is not None:
            return words
        problem = problem.__cause__ or problem.__context__
    return None
