"""Children end with us, however we end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from countersign.operations import processes
from tests.operations.watching import alive, comes_true

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""
PARENT = """
from countersign.operations import processes
child = processes.start(["sleep", "60"])
print(child.pid, flush=True)
child.wait()
"""


def test_a_child_ends_when_its_parent_is_killed() -> None:
    paths = os.pathsep.join(sys.path)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert alive(child)

    parent.kill()

    assert comes_true(lambda: not alive(child))
    parent.wait()


def test_a_child_is_out_of_reach_of_ctrl_c() -> None:
    child = processes.start(SLEEP)

    assert os.getpgid(child.pid) == child.pid != os.getpgid(0)
    processes.stop(child, within=5)


def test_stopping_asks_first() -> None:
    child = processes.start(SLEEP)

    processes.stop(child, within=30)

    assert child.returncode == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_ended_by_force(tmp_path: Path) -> None:
    words = tmp_path / "log"
    child = processes.start([sys.executable, "-c", DEAF], log=words)
    assert comes_true(lambda: words.read_text() == "ready\n")

    processes.stop(child, within=0.2)

    assert child.returncode == -signal.SIGKILL


def test_what_a_child_started_ends_with_it(tmp_path: Path) -> None:
    words = tmp_path / "log"
    child = processes.start(["sh", "-c", "sleep 60 & echo $!; exec sleep 60"], log=words)
    assert comes_true(lambda: words.read_text().strip().isdigit())

    processes.stop(child, within=5)

    grandchild = int(words.read_text())
    assert comes_true(lambda: not alive(grandchild))


def test_words_of_a_child_are_added_to_its_log(tmp_path: Path) -> None:
    words = tmp_path / "logs" / "one.log"

    for word in ("first", "second"):
        processes.start(["echo", word], log=words).wait()

    assert words.read_text() == "first\nsecond\n"
