"""Which sandbox is opened, when none is, and that none outlives its worker."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox import Isolation, Sandbox, SandboxUnavailable, examine, open_sandbox, opening
from grader.sandbox.base import Call, HarnessBroken, Limits, Program
from grader.sandbox.confine import landlock
from grader.sandbox.supervise.sandbox import ProcessSandbox
from grader.sandbox.supervise.station import Station
from grader.sandbox.supervise.template import Template

PROGRAM = Program(files={"solution.py": "def f(n): return n"})
CALL = [Call(id="it", function="f", args=(1,))]


def works(sandbox: Sandbox) -> bool:
    (outcome,) = sandbox.run_calls(PROGRAM, CALL, Limits(wall_per_case=60.0, wall_total=300.0))
    return bool(outcome.value == 1)


def opened() -> ProcessSandbox:
    sandbox = open_sandbox()
    assert isinstance(sandbox, ProcessSandbox)
    return sandbox


def template_of(sandbox: ProcessSandbox) -> Template:
    template = sandbox._learners._template
    assert template is not None
    return template


def test_the_self_test_tries_every_wall_and_says_so_in_one_line() -> None:
    report = examine()
    assert report.isolation is not Isolation.NONE
    assert all(wall.holds for wall in report.walls if wall.needed)
    assert {"files", "network", "processes", "memory", "environment"} <= {
        wall.name for wall in report.walls
    }
    standing = sum(wall.holds for wall in report.walls)
    assert report.summary.startswith(f"Isolation: {report.isolation}; all {standing} walls hold.")
    assert all(wall.detail and wall.improve for wall in report.walls if not wall.holds)
    assert report.kernel
    assert report.python


def test_without_isolation_nothing_is_opened_and_the_remedy_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    with pytest.raises(SandboxUnavailable, match=r"no Landlock.*Nothing was graded.*Linux 5\.13"):
        open_sandbox()
    report = examine()
    assert report.isolation is Isolation.NONE
    assert "cannot run here" in report.summary


def test_the_insecure_flag_runs_code_with_limits_only_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    sandbox = open_sandbox(insecure=True)
    try:
        assert sandbox.isolation is Isolation.NONE
        assert works(sandbox)
    finally:
        sandbox.close()


def test_the_insecure_flag_weakens_nothing_where_isolation_is_to_be_had() -> None:
    sandbox = open_sandbox(insecure=True)
    sandbox.close()
    assert sandbox.isolation is not Isolation.NONE


@pytest.mark.parametrize(("wall", "words"), [("files", "reading"), ("calls", "socket")])
def test_a_sandbox_with_a_hole_is_not_opened(
    monkeypatch: pytest.MonkeyPatch, wall: str, words: str
) -> None:
    monkeypatch.setattr(opening, "WHY_NOT", {})
    monkeypatch.setattr(
        opening,
        "ProcessSandbox",
        lambda isolation, group: ProcessSandbox(isolation, without=frozenset({wall})),
    )
    with pytest.raises(SandboxUnavailable, match=words):
        open_sandbox()


def test_where_namespaces_are_refused_the_next_level_is_opened_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "WHY_NOT", {})
    usual = Station._root
    nowhere = {"shown": {"/there/is/nothing": "read"}, "hidden": []}
    monkeypatch.setattr(Station, "_root", lambda station: usual(station) and nowhere)
    report = examine()
    assert report.isolation is Isolation.LANDLOCK
    (missing,) = [wall for wall in report.walls if wall.name == "namespaces"]
    assert not missing.holds
    assert "/there/is/nothing" in missing.detail
    assert "no namespaces" in report.summary
    assert all(wall.holds for wall in report.walls if wall.needed)


def test_a_template_that_dies_is_our_fault_once_and_then_replaced() -> None:
    sandbox = opened()
    try:
        template_of(sandbox)._process.kill()
        with pytest.raises(HarnessBroken):
            works(sandbox)
        assert works(sandbox)
    finally:
        sandbox.close()


def test_a_copy_of_a_sandbox_in_another_process_is_refused(
    sandbox: ProcessSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "_owner", os.getpid() + 1)
    with pytest.raises(HarnessBroken, match="belongs to the process that opened it"):
        works(sandbox)


def test_closing_leaves_no_process_and_no_folder() -> None:
    sandbox = opened()
    assert works(sandbox)
    folder = sandbox._learners.scratch.path
    pid = template_of(sandbox)._process.pid
    sandbox.close()
    assert not folder.exists()
    assert not Path(f"/proc/{pid}").exists()


def test_no_process_outlives_a_worker_that_is_killed() -> None:
    source = (
        "from grader.sandbox import open_sandbox\n"
        "from grader.sandbox.base import Call, Limits, Program\n"
        "sandbox = open_sandbox()\n"
        "print(sandbox._learners._template.pid, flush=True)\n"
        "program = Program(files={'solution.py': 'import time\\ndef f(): time.sleep(999)'})\n"
        "limits = Limits(wall_per_case=999.0, wall_total=999.0)\n"
        "sandbox.run_calls(program, [Call(id='it', function='f')], limits)\n"
    )
    root = Path(__file__).parents[3]
    worker = subprocess.Popen(
        [sys.executable, "-c", source], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert worker.stdout is not None
    template = os.pidfd_open(int(worker.stdout.readline()))
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    ended, _, _ = select.select([template], [], [], 60.0)
    assert ended
    os.close(template)
