"""Make the project's virtual environment and keep it equal to the locks.

It lives beside the locks it installs, and runs before anything is installed: the standard library
only, and syntax that an old Python can still read, so that it can say it is too old.

    python3 -m requirements.bootstrap requirements.txt requirements/dev.txt

`uv` is used where it works, pip elsewhere; both install by hash, wheels only. BOOTSTRAP=off uses
the Python at hand as it is.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements/dev.txt"
BROWSER = "requirements/e2e.txt"
NO_VENV = (
    "This Python can't make virtual environments. Run\n\n"
    "    sudo apt-get install -y python3-venv\n\nand then the same command again."
)


class Stopped(Exception):
    """The environment can't be made; the message says what to do."""


def enter(*locks: str) -> None:
    """Go on in the project's environment with these locks installed, starting again inside it."""
    if os.environ.get("BOOTSTRAP") == "off":
        return
    check_python()
    install(*locks)
    if Path(sys.prefix) != VENV:
        sys.stdout.flush()
        os.execv(str(PYTHON), [str(PYTHON), *sys.argv])


def check_python() -> None:
    if sys.version_info < OLDEST:
        raise Stopped(
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; "
            f"{sys.executable} is {sys.version.split()[0]}."
        )


def missing(module: str) -> bool:
    """Whether the Python at hand lacks a module."""
    return importlib.util.find_spec(module) is None


def install(*locks: str) -> None:
    """Make the environment if need be and install the locks that changed."""
    if not _usable():
        _make()
    stale = [lock for lock in locks if _installed(lock) != _digest(lock)]
    if not stale:
        return
    say("installing " + ", ".join(stale))
    begun = time.monotonic()
    _install(stale)
    for lock in stale:
        _stamp(lock).write_text(_digest(lock))
    say(f"installed in {time.monotonic() - begun:.0f} s")


def say(words: str) -> None:
    print("[setup] " + words, flush=True)


def _make() -> None:
    say("making .venv with Python " + sys.version.split()[0])
    if _uv() and _runs("uv", "venv", "-q", "--clear", "--python", sys.executable, VENV):
        pass
    elif not missing("ensurepip") and not missing("venv"):
        _run(sys.executable, "-m", "venv", "--clear", VENV)
    elif not missing("pip") and not missing("venv"):
        _run(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV)
    else:
        _install_venv_module()
        _run(sys.executable, "-m", "venv", "--clear", VENV)


def _install_venv_module() -> None:
    """Debian keeps it apart; root can fetch it, anyone else is told how."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stopped(NO_VENV)
    say("python3-venv is missing: installing it with apt-get")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    _run("apt-get", "-qq", "update")
    _run("apt-get", "-qq", "install", "-y", "--no-install-recommends", "python3-venv")


def _install(locks: "list[str]") -> None:
    files = [part for lock in locks for part in ("-r", ROOT / lock)]
    rules = ["--quiet", "--require-hashes", "--only-binary", ":all:"]
    uv = ["uv", "pip", "install", "--compile-bytecode", "--python", PYTHON]
    if _uv() and _runs(*uv, *rules, *files):
        return
    _run(*_pip(), "install", "--disable-pip-version-check", *rules, *files)


def _pip() -> "list[object]":
    """The environment's own pip, else the one of the system, else the one Python carries."""
    if not _has_pip() and not missing("pip"):
        return [sys.executable, "-m", "pip", "--python", PYTHON]
    if not _has_pip():
        _run(PYTHON, "-m", "ensurepip")
    return [PYTHON, "-m", "pip"]


def _has_pip() -> bool:
    return _runs(
        PYTHON, "-c", "import importlib.util as u, sys; sys.exit(u.find_spec('pip') is None)"
    )


def _uv() -> bool:
    return shutil.which("uv") is not None and _runs("uv", "--version")


def _runs(*command: object) -> bool:
    done = subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL)
    return done.returncode == 0


def _run(*command: object) -> None:
    words = [str(part) for part in command]
    if subprocess.run(words).returncode != 0:
        raise Stopped("This didn't work: " + " ".join(words))


def _usable() -> bool:
    """Whether the environment runs, and on the same Python as this one."""
    check = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    return PYTHON.exists() and _runs(PYTHON, "-c", check)


def _stamp(lock: str) -> Path:
    return VENV / (lock.replace("/", "-") + ".installed")


def _installed(lock: str) -> "str | None":
    return _stamp(lock).read_text() if _stamp(lock).exists() else None


def _digest(lock: str) -> str:
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return python + " " + hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


if __name__ == "__main__":
    try:
        check_python()
        install(*(sys.argv[1:] or [RUNTIME]))
    except Stopped as reason:
        sys.exit(str(reason))
