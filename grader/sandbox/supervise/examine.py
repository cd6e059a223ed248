"""The self-test: escapes that are really tried, through the sandbox that really grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.sandbox.base import Call, Ended, Isolation, Limits, Outcome, Program, Sandbox, Wall

_LIMITS = Limits(cpu_per_case=1.0, wall_per_case=10.0, memory_mb=64, output_bytes=4096, file_mb=1)

_STOPPED = frozenset({Ended.TIMED_OUT, Ended.OUT_OF_MEMORY, Ended.OUTPUT_LIMIT, Ended.DIED})


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A function that returns True if it got out, raises OSError if it was refused."""

    name: str
    tries: str
    source: str
    essential: bool = True
    improve: str = ""


ATTEMPTS = (
    Attempt(
        name="files",
        tries="reading outside its folder",
        source="import os\ntry:\n    return bool(os.listdir('/'))\nexcept OSError:\n"
        "    with open('/etc/passwd') as file: return bool(file.read())",
        improve="Use Linux 5.13 or newer with Landlock on (lsm=landlock,… at boot).",
    ),
    Attempt(
        name="writing",
        tries="writing outside its folder",
        source="import tempfile\nfor folder in ('/tmp', '/var/tmp', '/dev/shm', '/'):\n"
        "    try:\n        tempfile.TemporaryFile(dir=folder).close()\n        return True\n"
        "    except OSError:\n        pass\nreturn False",
    ),
    Attempt(
        name="network",
        tries="opening a socket",
        source="import socket\nsocket.socket().close()\nreturn True",
        improve="Allow seccomp filters (CONFIG_SECCOMP_FILTER; no_new_privs must be permitted).",
    ),
    Attempt(
        name="processes",
        tries="starting a process",
        source="import os\nif os.fork() == 0:\n    os._exit(0)\nreturn True",
    ),
    Attempt(
        name="signals",
        tries="killing its parent",
        source="import os\nos.kill(os.getppid(), 0)\nreturn True",
    ),
    Attempt(
        name="tracing",
        tries="tracing its parent",
        source="import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "if libc.ptrace(16, os.getppid(), 0, 0) == 0:\n    return True\n"
        "raise OSError(ctypes.get_errno(), 'ptrace')",
    ),
    Attempt(
        name="environment",
        tries="reading the worker's environment",
        source="import os\nif os.environ:\n    return True\n"
        "with open(f'/proc/{os.getppid()}/environ', 'rb') as file: return bool(file.read())",
    ),
    Attempt(
        name="privileges",
        tries="becoming root",
        source="import os\nos.setuid(0)\nreturn True",
    ),
)

STRONGER = (
    Attempt(
        name="namespaces",
        tries="seeing what is on the machine",
        source="import os\nreturn os.path.exists('/etc/passwd') or os.getppid() != 0",
        essential=False,
        improve="Let the worker's user make user namespaces: docs/sandbox.md says how.",
    ),
)
"""What only a stronger level keeps out."""

BOMBS = (
    ("memory", "taking more memory than it may", "return len(bytearray(1 << 30)) > 0"),
    ("cpu", "computing for ever", "while True:\n    pass"),
    ("output", "printing for ever", "while True:\n    print('x' * 1000)"),
    (
        "disk",
        "filling the disk",
        "for n in range(100):\n    open(str(n), 'wb').write(bytes(1 << 20))\nreturn True",
    ),
)


def walls(sandbox: Sandbox) -> tuple[Wall, ...]:
    """Each wall, tried for real."""
    tried = (*ATTEMPTS, *STRONGER)
    attempts = [(attempt.name, attempt.tries, attempt.source) for attempt in tried]
    outcomes = _try(sandbox, [*attempts, *BOMBS])
    return (
        *(_wall(outcome, attempt) for outcome, attempt in zip(outcomes, tried, strict=False)),
        *(
            _wall(outcome, Attempt(name=name, tries=tries, source=source))
            for outcome, (name, tries, source) in zip(outcomes[len(tried) :], BOMBS, strict=True)
        ),
    )


def escapes(sandbox: Sandbox) -> tuple[Wall, ...]:
    """The walls of ``ATTEMPTS`` alone, which do not hold. Quick: made each time one is opened."""
    attempts = [(attempt.name, attempt.tries, attempt.source) for attempt in ATTEMPTS]
    outcomes = _try(sandbox, attempts)
    tried = [_wall(outcome, attempt) for outcome, attempt in zip(outcomes, ATTEMPTS, strict=True)]
    return tuple(wall for wall in tried if not wall.holds)


def _try(sandbox: Sandbox, attempts: Sequence[tuple[str, str, str]]) -> tuple[Outcome, ...]:
    source = "\n".join(_function(name, body) for name, _, body in attempts)
    calls = [Call(id=name, function=f"try_{name}") for name, _, _ in attempts]
    return sandbox.run_calls(Program(files={"solution.py": source}), calls, _LIMITS)


def _function(name: str, body: str) -> str:
    return f"def try_{name}():\n" + "".join(f"    {line}\n" for line in body.splitlines())


def _wall(outcome: Outcome, attempt: Attempt) -> Wall:
    """A wall holds if the attempt was refused or stopped; a strange end counts as a hole."""
    refused = outcome.ended is Ended.RAISED and _was_refused(outcome)
    holds = refused or outcome.ended in _STOPPED or outcome.value is False
    how = "refused" if refused else "stopped" if holds else "possible"
    return Wall(
        name=outcome.id,
        holds=holds,
        needed=attempt.essential,
        detail=f"{attempt.tries} was {how}",
        improve="" if holds else attempt.improve,
    )


def _was_refused(outcome: Outcome) -> bool:
    return outcome.raised is not None and "OSError" in outcome.raised.bases


def summary(isolation: Isolation, found: Sequence[Wall]) -> str:
    """One line an operator can act on."""
    holes = [wall.name for wall in found if wall.needed and not wall.holds]
    if isolation is Isolation.NONE:
        return "Isolation: NONE. Untrusted code runs with resource limits only."
    if holes:
        return f"Isolation: {isolation.value}, but these walls do not hold: {', '.join(holes)}."
    standing = sum(wall.holds for wall in found)
    missing = [wall.name for wall in found if not wall.holds]
    further = f" This machine has no {' and no '.join(missing)}." if missing else ""
    return f"Isolation: {isolation.value}; all {standing} walls hold.{further}"
