"""A real site in a folder of its own, started by `manage.py up` as anyone would."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.operations.watching import alive, comes_true, descendants

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 180.0

# Seen from outside, by what stands in their command lines. The first of each is the parent.
PARTS = {
    "web": "gunicorn",
    "dispatcher": "manage.py dispatcher",
    "grading": "-n worker-grading-",
    "default": "-n worker-default-",
    "broker": "valkey-server",
}


@dataclass(frozen=True, kw_only=True)
class Site:
    """A running site. ``words`` is the file that holds what it told its operator."""

    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    url: str
    words: Path

    @property
    def told(self) -> str:
        return self.words.read_text("utf-8")

    def wait_until_up(self) -> None:
        ready = comes_true(
            lambda: "is ready at" in self.told or self.process.poll() is not None,
            within=STARTS_WITHIN,
        )
        assert ready, self.told
        assert self.process.poll() is None, self.told

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return bool(json.load(answer)["ready"])
        except OSError:
            return False

    def part(self, name: str) -> list[int]:
        """The processes of a part, its parent first."""
        found = [pid for pid in descendants(self.process.pid) if PARTS[name] in _command(pid)]
        return sorted(found, key=lambda pid: (_parent(pid) != self.process.pid, pid))

    def ask(self, program: str) -> Any:
        """Run a few lines inside the product, beside the site; what they print is JSON."""
        prepared = "import django; django.setup()\n" + program
        done = subprocess.run(
            [sys.executable, "-c", prepared],
            check=True,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
        )
        return json.loads(done.stdout)

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the site and answer its exit code."""
        self.process.send_signal(how)
        return self.process.wait(timeout=30)


def environment(folder: Path, **names: str) -> dict[str, str]:
    """Ours, pointing at a folder and at no server of the test run."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "BROKER_URL", "SECRET_KEY", "PYTEST_CURRENT_TEST"}
    }
    paths = os.pathsep.join([str(ROOT / "platform"), str(ROOT)])
    own = {"BOOTSTRAP": "off", "COUNTERSIGN_VAR": str(folder / "var"), "PYTHONPATH": paths}
    return {**kept, **own, "DJANGO_SETTINGS_MODULE": "countersign.settings", **names}


def start(
    folder: Path, *arguments: str, port: int | None = None, demo: bool = False, **names: str
) -> Site:
    """Start a site; it may take its time to be up."""
    port = port or free_port()
    words = folder / "words"
    environ = environment(folder, **names)
    with words.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up", *_demo(demo), "--port", str(port), *arguments],
            cwd=ROOT,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        )
    url = f"http://127.0.0.1:{port}"
    return Site(process=process, environment=environ, url=url, words=words)


def _demo(wanted: bool) -> list[str]:
    return [] if wanted else ["--no-demo"]


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
    return port


def all_gone(pids: set[int]) -> bool:
    return not any(alive(pid) for pid in pids)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _parent(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(status.rpartition(")")[2].split()[1])
