"""`manage.py test`: everything on PostgreSQL and Valkey, then what touches the database on SQLite.

Arguments go to pytest, in both passes. Browser and fault tests are left to `-m e2e`, `-m faults`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from countersign.operations import processes

ROOT = Path(__file__).resolve().parents[1]
NOTHING_TO_RUN = 5  # pytest's exit code
TAIL = 4000
BESIDE = ["-n", "auto"]  # a whole pass uses every processor; a chosen test runs in one process


def everything(arguments: list[str]) -> int:
    """Both passes; the exit code is that of the first pass that didn't pass, else 0."""
    code, closing = _pass("PostgreSQL and Valkey", arguments, services="real")
    lines = [closing]
    if code == 0:
        code, closing = _pass("SQLite and Valkey", arguments, services="sqlite")
        code = 0 if code == NOTHING_TO_RUN and arguments else code
        lines.append(closing)
    _say("\n" + "\n".join(lines))
    return code


def _pass(name: str, arguments: list[str], *, services: str) -> tuple[int, str]:
    """One run of pytest, its words passed on as they come, and its closing line."""
    _say(f"Tests on {name}")
    command = [sys.executable, "-m", "pytest", f"--color={_colour()}", *(arguments or BESIDE)]
    environment = {**os.environ, "TEST_SERVICES": services}
    pytest = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: processes.end_with_parent(signal.SIGINT),  # noqa: PLW1509
    )
    tail = b""
    assert pytest.stdout is not None
    while words := os.read(pytest.stdout.fileno(), 65536):
        sys.stdout.buffer.write(words)
        sys.stdout.buffer.flush()
        tail = (tail + words)[-TAIL:]
    code = pytest.wait()
    closing = tail.decode("utf-8", "replace").rstrip().rpartition("\n")[2]
    return code, f"{name}: {closing}"


def _colour() -> str:
    return "yes" if sys.stdout.isatty() else "no"


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
