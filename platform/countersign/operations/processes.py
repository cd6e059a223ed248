"""Child processes that end with us, however we end.

Linux tells a child when the process that started it is gone; that covers `kill -9`, where no
clean-up code of ours would run. On other systems children are only stopped by `stop`.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

Process = subprocess.Popen[bytes]


def end_with_parent(sent: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel send this process a signal as soon as its parent is gone."""
    if _libc is not None and _libc.prctl(PR_SET_PDEATHSIG, int(sent), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")


def start(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    log: Path | None = None,
    user: int | None = None,
    sent: signal.Signals = signal.SIGKILL,
) -> Process:
    """Start a child in its own process group, without our terminal, ending with us.

    Its words go to the end of ``log``, or nowhere. Call it from the main thread: the kernel
    watches the thread that started the child, not the process.
    """
    with _open_log(log) as words:
        return subprocess.Popen(  # noqa: S603 - commands of our own
            [str(part) for part in command],
            env=dict(environment) if environment is not None else None,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            process_group=0,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            cwd=None if user is None else "/",
            preexec_fn=_tether(os.getpid(), sent),  # noqa: PLW1509 - no threads here
        )


def stop(*processes: Process, within: float, gently: signal.Signals = signal.SIGTERM) -> None:
    """Ask each process to end; after ``within`` seconds end what is left, groups and all."""
    for process in processes:
        if process.poll() is None:
            process.send_signal(gently)
    deadline = time.monotonic() + within
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        end_group(process)


def adopt_orphans() -> None:
    """Become the parent of every process below us whose own parent ends from now on."""
    if _libc is not None and _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


def outlive_children(*, within: float) -> None:
    """Wait until this process, about to end, has no child left; after ``within`` seconds kill.

    Sandboxes leave their worker's group. The kernel ends them with the worker, which takes a
    moment on a busy machine; who stops the site is told that it has stopped when that is so.
    """
    deadline, asked = time.monotonic() + within, False
    with suppress(ChildProcessError):
        while True:
            if os.waitpid(-1, os.WNOHANG)[0]:
                continue
            if time.monotonic() > deadline and not asked:
                _kill_children()
                asked = True
            time.sleep(0.02)


def _kill_children() -> None:
    for task in Path("/proc/self/task").glob("*/children"):
        for child in task.read_text("ascii").split():
            with suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)


def end_group(process: Process) -> None:
    """End by force whatever is left of a process and of those it started in its group."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _tether(parent: int, sent: signal.Signals) -> Callable[[], None]:
    """What the child does between fork and exec; the parent may be gone by then already."""

    def tie() -> None:
        end_with_parent(sent)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def _open_log(log: Path | None) -> IO[bytes]:
    if log is None:
        return Path(os.devnull).open("wb")
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return log.open("ab")
