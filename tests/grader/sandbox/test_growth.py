"""Nothing grows with the number of programs that have run, and no verdict is late."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace

import pytest

from grader.sandbox.base import Call, Ended, Limits, Program, ScriptRun, SuiteStatus
from grader.sandbox.soak import Level, level
from grader.sandbox.supervise import station
from grader.sandbox.supervise.sandbox import ProcessSandbox

PROGRAM = Program(files={"solution.py": "def f(n): return [n]"})
CRASHES = Program(files={"solution.py": "import os\ndef f(n): os._exit(0)"})
BROKEN = Program(files={"solution.py": "def f(:"})
PATIENT = Limits(wall_per_case=60.0, wall_total=300.0)
TESTS = {"test_it.py": "from solution import f\ndef test_it(): assert f(1) == [1]\n"}
ROUNDS = 60


def one_of_each(sandbox: ProcessSandbox) -> None:
    call = [Call(id="it", function="f", args=(1,))]
    for program, ended in (
        (PROGRAM, Ended.RETURNED),
        (CRASHES, Ended.DIED),
        (BROKEN, Ended.NOT_RUN),
    ):
        assert sandbox.run_calls(program, call, PATIENT)[0].ended is ended
    (printed,) = sandbox.run_script(PROGRAM, [ScriptRun(id="it")], PATIENT)
    assert printed.ended is Ended.RETURNED
    assert sandbox.run_suite(PROGRAM, TESTS, PATIENT).tests[0].status is SuiteStatus.PASSED


def test_hundreds_of_programs_leave_no_descriptor_process_or_file(
    sandbox: ProcessSandbox,
) -> None:
    for _ in range(3):
        one_of_each(sandbox)
    before = level(sandbox)
    for _ in range(ROUNDS):
        one_of_each(sandbox)
    after = level(sandbox)
    assert (after.descriptors, after.processes, after.files) == (
        before.descriptors,
        before.processes,
        before.files,
    )
    assert after.memory < before.memory + (8 << 20)


def test_a_level_counts_what_is_there(sandbox: ProcessSandbox) -> None:
    one_of_each(sandbox)
    before = level(sandbox)
    with tempfile.TemporaryFile():
        assert level(sandbox).descriptors == before.descriptors + 1
    assert before.processes > len(sandbox.templates())
    assert isinstance(before, Level)
    assert before.memory > 1 << 20
    (sandbox.folders()[0] / "left").write_text("behind")
    assert level(sandbox).files == before.files + 1
    (sandbox.folders()[0] / "left").unlink()


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "import time; time.sleep(99)",
        "return 10 ** 10 ** 9",
        "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass",
    ],
)
def test_no_verdict_is_later_than_its_limit_and_a_second(
    sandbox: ProcessSandbox, body: str
) -> None:
    """The processor's clock decides; a machine with other work may stretch the wall's."""
    source = "def f():\n" + "".join(f"    {line}\n" for line in body.splitlines())
    calls = [Call(id=str(n), function="f", group="a") for n in range(20)]
    limits = Limits(cpu_per_case=0.2, cpu_total=0.6, wall_per_case=0.2, wall_total=0.6)
    mine, started = time.process_time(), time.monotonic()
    outcomes = sandbox.run_calls(Program(files={"solution.py": source}), calls, limits)
    waited = time.monotonic() - started
    ended = [outcome.ended for outcome in outcomes]
    assert set(ended) <= {Ended.TIMED_OUT, Ended.NOT_RUN}
    assert Ended.NOT_RUN in ended
    assert waited < (limits.wall_total + 1) * 10
    assert time.process_time() - mine < limits.wall_total + 1


@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_program_finds_its_files_also_when_its_template_has_just_been_replaced(
    sandbox: ProcessSandbox, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(station, "_FORKS_PER_TEMPLATE", most)
    call = [Call(id="it", function="f", args=(1,))]

    ends = [
        sandbox.run_calls(PROGRAM, call, replace(PATIENT, memory_mb=memory))[0].ended
        for memory in (64, 65, 66, 67)  # other walls, so that no child waits
    ]

    assert ends == [Ended.RETURNED] * 4
