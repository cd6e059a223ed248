"""A site in a folder of its own, started by `manage.py up` as anyone would."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NOT_OURS = {"DATABASE_URL", "BROKER_URL", "SECRET_KEY", "DEBUG", "PYTHONDONTWRITEBYTECODE"}
NO_LIMITS = {f"SUBMISSIONS_{name}": "1000000" for name in ("UNFINISHED", "AN_HOUR", "A_DAY")}
STARTS_WITHIN = 600.0


@dataclass(frozen=True, kw_only=True)
class Site:
    """A running site. ``started_in``: seconds from the command to the word that it is ready."""

    url: str
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    started_in: float

    def ask(self, *command: str) -> Any:
        """Run a module of ours beside the site; what it prints is JSON."""
        words = [sys.executable, "-m", *command]
        done = subprocess.run(
            words, check=True, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE
        )
        return json.loads(done.stdout)


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[Site]:
    """Start the site on the embedded default, in this folder, and end it with the block."""
    port = _free_port()
    environment = _environment(folder)
    command = [sys.executable, "manage.py", "up", "--port", str(port), *arguments]
    words = folder / "words"
    begun = time.monotonic()
    with words.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file)
    try:
        _wait(process, words)
        took = time.monotonic() - begun
        yield Site(
            url=f"http://127.0.0.1:{port}",
            environment=environment,
            process=process,
            started_in=took,
        )
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _environment(folder: Path) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    paths = os.pathsep.join([str(ROOT / "platform"), str(ROOT)])
    own = {
        "BOOTSTRAP": "off",
        "COUNTERSIGN_VAR": str(folder / "var"),
        "PYTHONPATH": paths,
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "countersign.settings",
    }
    return {**ours, **NO_LIMITS, **own}


def _wait(process: subprocess.Popen[bytes], words: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while b"is ready at" not in words.read_bytes():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The site didn't start:\n{words.read_text()}")
        time.sleep(0.02)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
    return port
