"""No program gets out, none passes by a trick, and none spoils the next one's run."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import textwrap
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import django
import pytest

from grader.sandbox.base import (
    Call,
    Ended,
    Isolation,
    Limits,
    Outcome,
    Program,
    ScriptRun,
    SuiteStatus,
)
from grader.sandbox.codec import encode, same, show
from grader.sandbox.confine import WALLS
from grader.sandbox.confine.namespaces import HOLDER
from grader.sandbox.supervise.sandbox import ProcessSandbox
from grader.sandbox.supervise.station import SPARES
from tests.grader.sandbox.hostile.bombs import BOMBS, SLEEPERS
from tests.grader.sandbox.hostile.cheats import CHEATS, FOOLS_ITS_OWN_PROCESS
from tests.grader.sandbox.hostile.escapes import ESCAPES, FATAL
from tests.grader.sandbox.hostile.honest import HONEST
from tests.grader.sandbox.hostile.markup import MARKUP
from tests.grader.sandbox.hostile.subtle_cheats import BESIDE, SUBTLE
from tests.grader.sandbox.told import raised_in

LIMITS = Limits(
    cpu_per_case=0.3, cpu_total=1.5, wall_per_case=60.0, wall_total=300.0, memory_mb=128, file_mb=4
)
PATIENT = Limits(cpu_per_case=5.0, wall_per_case=60.0, wall_total=300.0)
HURRIED = replace(LIMITS, wall_per_case=0.3)  # for what sleeps: no computing is cut short by it

TESTS = """
import unittest
import pytest
from solution import add, mean

def test_sum(): assert add(4200, 42) == 4242
def test_other_way_round(): assert 4242 == add(4200, 42)
def test_not_different(): assert not add(4200, 42) != 4242
def test_member(): assert add(4200, 42) in [4242]
def test_in_a_list(): assert [add(4200, 42), 1] == [4242, 1]
def test_in_a_set(): assert {add(4200, 42)} == {4242}
def test_key(): assert {4242: "yes"}.get(add(4200, 42)) == "yes"
def test_words(): assert f"{add(4200, 42)}" == "4242"
def test_approximately(): assert mean(1.0, 2.0) == pytest.approx(1.5)
def test_approximately_the_other_way(): assert pytest.approx(1.5) == mean(1.0, 2.0)
def test_tolerance(): assert abs(mean(1.0, 2.0) - 1.5) < 1e-9
def test_tolerance_the_other_way(): assert abs(1.5 - mean(1.0, 2.0)) < 1e-9
def test_difference(): assert not mean(1.0, 2.0) - 1.5
def test_between(): assert 1.4 < mean(1.0, 2.0) < 1.6
def test_rounded(): assert round(mean(1.0, 2.0) - 1.5, 7) == 0
def test_raises():
    with pytest.raises(TypeError): add(None, 1)

class TestBoth(unittest.TestCase):
    def test_equal(self): self.assertEqual(add(4200, 42), 4242)
    def test_almost(self): self.assertAlmostEqual(mean(1.0, 2.0), 1.5)
    def test_less(self):
        self.assertLess(mean(1.0, 2.0), 1.6)
        self.assertGreater(mean(1.0, 2.0), 1.4)
"""

CALLS = [
    (Call(id="sum", function="add", args=(4200, 42)), 4242, None),
    (Call(id="mean", function="mean", args=(1.0, 2.0)), 1.5, 1e-9),
]


@dataclass
class Trap:
    """Things outside that a program is told of: it must neither see nor change them."""

    folder: Path
    stream: socket.socket
    datagram: socket.socket
    tcp: socket.socket

    def told(self, source: str) -> str:
        names = {
            "$SECRET": str(self.folder / "secret.txt"),
            "$FOLDER": str(self.folder),
            "$STREAM": self.stream.getsockname(),
            "$DATAGRAM": self.datagram.getsockname(),
            "$PORT": str(self.tcp.getsockname()[1]),
            "$PRODUCT": str(Path(__file__).parents[3]),
            "$PACKAGE": django.__file__,
            "$WORKER": str(os.getpid()),
        }
        for name, value in names.items():
            source = source.replace(name, value)
        return source

    def state(self) -> tuple[object, ...]:
        secret = (self.folder / "secret.txt").stat()
        return (
            sorted(entry.name for entry in self.folder.iterdir()),
            (self.folder / "secret.txt").read_text(),
            (secret.st_mode, secret.st_uid, secret.st_mtime_ns, secret.st_nlink),
            Path(os.__file__).stat().st_mode,
        )

    def was_reached(self) -> bool:
        return any(_has_something(trap) for trap in (self.stream, self.datagram, self.tcp))


def _has_something(trap: socket.socket) -> bool:
    try:
        if trap.type == socket.SOCK_DGRAM:
            trap.recv(1)
        else:
            trap.accept()
    except BlockingIOError:
        return False
    return True


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trap]:
    folder = tmp_path_factory.mktemp("t")
    folder.chmod(0o777)
    (folder / "secret.txt").write_text("secret")
    (folder / "secret.txt").chmod(0o666)
    (folder / "empty").mkdir()
    stream, datagram = (
        socket.socket(socket.AF_UNIX),
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
    )
    tcp = socket.create_server(("127.0.0.1", 0))
    stream.bind(str(folder / "stream"))
    stream.listen()
    datagram.bind(str(folder / "datagram"))
    for listening in (stream, datagram, tcp):
        listening.setblocking(False)
    with stream, datagram, tcp:
        yield Trap(folder=folder, stream=stream, datagram=datagram, tcp=tcp)


def function(body: str) -> Program:
    return Program(files={"solution.py": "def attempt():\n" + textwrap.indent(body, "    ")})


def attempt(sandbox: ProcessSandbox, body: str, *, limits: Limits = LIMITS) -> Outcome:
    (outcome,) = sandbox.run_calls(function(body), [Call(id="it", function="attempt")], limits)
    return outcome


def descendants(pid: int) -> list[str]:
    found = []
    with suppress(FileNotFoundError, ProcessLookupError):  # it is just ending
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                found += [child, *descendants(int(child))]
    return found


def alive(sandbox: ProcessSandbox) -> set[str]:
    """The processes of a learner's template, but those that have ended and wait to be buried."""
    template = sandbox._learners._template
    found = descendants(template.pid) if template else []
    return {pid for pid in found if is_alive(pid)}


def is_alive(pid: str) -> bool:
    """Whether it lives and is not the process that keeps a namespace alive."""
    try:
        name, _, state = Path(f"/proc/{pid}/stat").read_text().partition("(")[2].rpartition(")")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.split()[0] not in "ZX" and name != HOLDER


def assert_nothing_is_left(sandbox: ProcessSandbox) -> None:
    """Whoever is there now is waiting for work, and is gone once as many programs have run."""
    sandbox.settle()
    waiting = alive(sandbox)
    assert list(sandbox._learners.scratch.path.iterdir()) == []
    for _ in range(SPARES["learner"] + 1):
        (outcome,) = sandbox.run_calls(
            Program(files={"solution.py": HONEST["plain"]}), [CALLS[0][0]], PATIENT
        )
        assert outcome.value == 4242
    assert not waiting & alive(sandbox)


@pytest.mark.parametrize("body", ESCAPES.values(), ids=ESCAPES.keys())
def test_no_program_gets_out(sandbox: ProcessSandbox, trap: Trap, body: str) -> None:
    before = trap.state()
    outcome = attempt(sandbox, trap.told(body), limits=PATIENT)
    refused = outcome.ended is Ended.RAISED and (
        {"OSError", "ImportError"} & set(raised_in(outcome).bases)
    )
    harmless = outcome.ended is Ended.RETURNED and (
        outcome.value == "held" or "opaque" in (outcome.value or ())
    )
    assert refused or harmless, outcome
    assert trap.state() == before
    assert not trap.was_reached()
    assert_nothing_is_left(sandbox)


@pytest.mark.parametrize("body", FATAL.values(), ids=FATAL.keys())
def test_a_call_from_another_world_ends_the_process(sandbox: ProcessSandbox, body: str) -> None:
    assert attempt(sandbox, body).ended is Ended.DIED
    assert_nothing_is_left(sandbox)


@pytest.mark.parametrize(("body", "endings"), BOMBS.values(), ids=BOMBS.keys())
def test_no_program_takes_more_than_its_share(
    sandbox: ProcessSandbox, body: str, endings: Collection[Ended]
) -> None:
    outcome = attempt(sandbox, body)
    assert outcome.ended in endings
    assert len(show(outcome.value)) <= 200
    assert_nothing_is_left(sandbox)


@pytest.mark.parametrize("body", SLEEPERS.values(), ids=SLEEPERS.keys())
def test_no_program_takes_time_by_doing_nothing(sandbox: ProcessSandbox, body: str) -> None:
    assert attempt(sandbox, body, limits=HURRIED).ended is Ended.TIMED_OUT
    assert_nothing_is_left(sandbox)


def passes_calls(sandbox: ProcessSandbox, program: Program, limits: Limits) -> list[str]:
    outcomes = sandbox.run_calls(program, [call for call, _, _ in CALLS], limits)
    return [
        call.id
        for outcome, (call, expected, tolerance) in zip(outcomes, CALLS, strict=True)
        if outcome.ended is Ended.RETURNED
        and same(encode(expected), outcome.value, tolerance=tolerance)
    ]


def passes_suite(sandbox: ProcessSandbox, program: Program, limits: Limits) -> list[str]:
    outcome = sandbox.run_suite(program, {"test_it.py": TESTS}, limits)
    return [test.id for test in outcome.tests if test.status is SuiteStatus.PASSED]


def passes_script(sandbox: ProcessSandbox, source: str, limits: Limits) -> bool:
    program = Program(files={"solution.py": source + "\nprint(add(4200, 42))\n"})
    (outcome,) = sandbox.run_script(program, [ScriptRun(id="it")], limits)
    return outcome.ended is Ended.RETURNED and outcome.stdout == "4242\n"


ALL_CHEATS = {**CHEATS, **SUBTLE}


@pytest.mark.parametrize("source", ALL_CHEATS.values(), ids=ALL_CHEATS.keys())
def test_no_program_passes_without_the_work(sandbox: ProcessSandbox, source: str) -> None:
    program = Program(files={"solution.py": source})
    assert passes_calls(sandbox, program, LIMITS) == []
    assert passes_suite(sandbox, program, LIMITS) == []
    assert not passes_script(sandbox, source, LIMITS)
    assert_nothing_is_left(sandbox)


@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE.keys())
def test_no_file_beside_a_program_helps_it(sandbox: ProcessSandbox, beside: dict[str, str]) -> None:
    program = Program(files={"solution.py": "def add(a, b): return 0\nmean = add\n", **beside})
    assert passes_calls(sandbox, program, LIMITS) == []
    assert passes_suite(sandbox, program, LIMITS) == []
    assert_nothing_is_left(sandbox)


@pytest.mark.parametrize("name", FOOLS_ITS_OWN_PROCESS)
def test_the_same_trick_does_work_where_tests_and_program_share_a_process(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "solution.py").write_text(CHEATS[name])
    (tmp_path / "test_it.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull]
    run = subprocess.run(
        [*command, "--rootdir", ".", "-p", "no:django", "test_it.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0 or " passed" in run.stdout, run.stdout[-500:]


@pytest.mark.parametrize("source", HONEST.values(), ids=HONEST.keys())
def test_an_odd_but_honest_program_passes(sandbox: ProcessSandbox, source: str) -> None:
    program = Program(files={"solution.py": source})
    assert passes_calls(sandbox, program, PATIENT) == ["sum", "mean"]
    assert len(passes_suite(sandbox, program, PATIENT)) == TESTS.count("def test_")


@pytest.mark.parametrize("body", MARKUP.values(), ids=MARKUP.keys())
def test_whatever_a_program_says_can_be_stored_and_shown(
    sandbox: ProcessSandbox, body: str
) -> None:
    outcome = attempt(sandbox, body, limits=PATIENT)
    words = [show(outcome.value), outcome.stdout]
    if outcome.raised is not None:
        words += [outcome.raised.name, outcome.raised.message, outcome.raised.traceback]
    for text in words:
        assert "\x00" not in text
        text.encode()
    assert show(outcome.value).isprintable()


WORTH = {
    "files": "list the root",
    "calls": "fork",
    "limits": "raise what it may take",
    "privileges": "be looked into",
    "namespaces": "learn that a file exists",
}
OTHER = {
    "list the root": "import os\nreturn 'out' if os.listdir('/') else 'held'",
    "learn that a file exists": (
        "import os\nreturn 'out' if os.path.exists('/etc/passwd') else 'held'"
    ),
    "raise what it may take": "return 'out' if len(bytearray(300 << 20)) else 'held'",
    "be looked into": (
        "import ctypes\nreturn 'out' if ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 1 else 'held'"
    ),
}


@pytest.mark.parametrize("wall", sorted(WALLS))
def test_each_wall_is_worth_its_place(trap: Trap, wall: str) -> None:
    body = trap.told({**ESCAPES, **OTHER}[WORTH[wall]])
    others = {"calls"} if wall == "privileges" else set()
    for without, got_out in ((others, False), ({*others, wall}, True)):
        weakened = ProcessSandbox(Isolation.NONE, without=frozenset(without))
        outcome = attempt(weakened, body, limits=Limits(memory_mb=128))
        weakened.close()
        assert (outcome.value == "out") is got_out, (wall, outcome)
    trap.was_reached()
