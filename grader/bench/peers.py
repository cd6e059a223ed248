"""What grading is compared with: the same program, graded as others do."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from grader.bench import work

_PYTEST = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", "."]
_LIGHT = ["light.py"]
_QUIET = {
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PATH": "/usr/bin:/bin",
}


@dataclass(frozen=True, kw_only=True)
class Peer:
    """One way of doing it. ``run`` says whether a program passed."""

    name: str
    run: Callable[[], bool]
    rejects: Callable[[], bool] | None = None  # whether it fails a wrong program, where it grades


PASS, PYTEST = "python -c pass", "plain pytest"
BWRAP_LIGHT, BWRAP_PYTEST = "bubblewrap + a light harness", "bubblewrap + pytest"


@contextmanager
def peers() -> Iterator[list[Peer]]:
    """Those that this machine has. bubblewrap is left out where it isn't installed."""
    with tempfile.TemporaryDirectory() as folder:
        good, bad = (_folder(Path(folder), name) for name in ("good", "bad"))
        found = [
            Peer(name=PASS, run=lambda: _passes(["-c", "pass"], good)),
            _grading(PYTEST, lambda folder: _passes(_PYTEST, folder), good, bad),
        ]
        if shutil.which("bwrap"):
            found += [
                _grading(name, partial(_passes, command, walled=True), good, bad)
                for name, command in ((BWRAP_LIGHT, _LIGHT), (BWRAP_PYTEST, _PYTEST))
            ]
        yield found


def _grading(name: str, passes: Callable[[Path], bool], good: Path, bad: Path) -> Peer:
    return Peer(name=name, run=lambda: passes(good), rejects=lambda: not passes(bad))


def _folder(above: Path, name: str) -> Path:
    folder = above / name
    folder.mkdir()
    (folder / "solution.py").write_text(work.GOOD if name == "good" else work.BAD)
    (folder / "test_fee.py").write_text(work.TESTS)
    (folder / "light.py").write_text(work.LIGHT)
    return folder


def _passes(arguments: list[str], folder: Path, *, walled: bool = False) -> bool:
    """Whether Python with these arguments exits with 0 in this folder."""
    command = [sys.executable, *arguments]
    run = subprocess.run(  # noqa: S603  (every word of it is ours)
        _walled(folder, command) if walled else command,
        cwd=folder,
        env=_QUIET,
        capture_output=True,
        check=False,
    )
    return run.returncode == 0


def _walled(folder: Path, command: list[str]) -> list[str]:
    """As tight as bubblewrap makes it by options alone."""
    return [
        "bwrap", "--unshare-all", "--unshare-user", "--die-with-parent", "--cap-drop", "ALL",
        "--ro-bind", "/", "/", "--tmpfs", "/tmp", "--dev", "/dev", "--proc", "/proc",  # noqa: S108
        "--bind", str(folder), str(folder), "--chdir", str(folder), *command,
    ]  # fmt: skip
