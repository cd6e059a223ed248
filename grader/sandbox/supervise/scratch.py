"""The one folder a confined process may write to. It holds the program and is emptied between runs.

Inside, only regular files can be made: no folder, link, pipe or socket. So emptying it is safe
whatever was written there.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from grader.sandbox.base import HarnessBroken

MOST_FILES = 256
_PREFIX = "countersign-scratch-"
_SETTLED = 60.0  # seconds a folder is left alone: it may not have been claimed yet


class Scratch:
    """A folder of our own making. ``close`` removes it; so does the next one made, if we die."""

    def __init__(self, *, user: int | None) -> None:
        _sweep()
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
        self._in_use: int | None = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(self._in_use, fcntl.LOCK_EX)
        self._user = user
        self._give(self.path)

    def fill(self, files: Mapping[str, str]) -> None:
        """Write these files into the folder, which is empty."""
        for name, text in files.items():
            target = self.path / _plain(name)
            for folder in reversed(target.relative_to(self.path).parents[:-1]):
                (self.path / folder).mkdir(exist_ok=True)
                self._give(self.path / folder)
            target.write_bytes(text.encode("utf-8", "surrogatepass"))
            self._give(target)

    def empty(self) -> None:
        for entry in os.scandir(self.path):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.unlink(entry.path)  # noqa: PTH108

    def holds_more_than(self, most_bytes: int) -> bool:
        """Whether a running program has written more than its share, in bytes or in files."""
        total = 0
        for count, size in enumerate(_sizes(str(self.path)), start=1):
            total += size
            if total > most_bytes or count > MOST_FILES:
                return True
        return False

    def close(self) -> None:
        """Remove the folder. Twice is once."""
        if self._in_use is not None:
            shutil.rmtree(self.path)
            os.close(self._in_use)
            self._in_use = None

    def _give(self, path: Path) -> None:
        if self._user is not None:
            os.chown(path, self._user, self._user)


def _sizes(folder: str) -> Iterator[int]:
    """The size of each entry, those in folders too. What goes away meanwhile isn't counted."""
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                yield entry.stat(follow_symlinks=False).st_size
            if entry.is_dir(follow_symlinks=False):
                yield from _sizes(entry.path)


def _sweep() -> None:
    """Remove the folders of workers that were killed: nobody holds them any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another's, or another is just removing it
            if time.time() - folder.stat().st_mtime > _SETTLED:
                _remove_if_left(folder)


def _remove_if_left(folder: Path) -> None:
    found = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    finally:
        os.close(found)


def _plain(name: str) -> PurePosixPath:
    """A relative name that stays inside. A learner never chooses it; an author may mistype it."""
    path = PurePosixPath(name)
    if not name or "\x00" in name or path.is_absolute() or ".." in path.parts:
        raise HarnessBroken(f"{name!r} is not the name of a file inside a program")
    return path
