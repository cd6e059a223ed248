"""Exercise + Answer + Tools in, Verdict out."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass, replace
from enum import Enum
from math import isfinite
from typing import Any

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.kinds import KINDS
from grader.kinds.tools import Phases, Tools
from grader.verdict import Verdict

__all__ = ["Tools", "grade", "grade_many", "revealed"]

LONGEST_TEXT = 64 * 1024
MOST_TESTS = 1000


def grade(exercise: Exercise, answer: Answer, *, tools: Tools) -> Verdict:
    """What the grader found in the answer, stamped with what judged it and safe to store.

    ``engine`` is the model that wrote the code that was judged, where one did; else the kind.

    The learner's fault is in the verdict. SandboxUnavailable and HarnessBroken are ours:
    nothing was graded, and the same answer may be graded again.
    """
    kind = KINDS[exercise.kind]
    phases = Phases()
    with phases("total"):
        verdict = kind.judge(exercise, answer, tools=tools, phases=phases)
    found: Verdict = _storable(
        replace(
            verdict,
            tests=verdict.tests[:MOST_TESTS],
            engine=verdict.engine or f"{exercise.kind}@{kind.version}",
            isolation=tools.sandbox.isolation.value,
            versions={**verdict.versions, **_versions(exercise)},
            phases={name: round(seconds, 6) for name, seconds in phases.seconds.items()},
        )
    )
    return found


def grade_many(exercise: Exercise, answers: Iterable[Answer], *, tools: Tools) -> Iterator[Verdict]:
    """One verdict per answer, in order, each as soon as it is found.

    Equal answers are graded once, and what depends on the exercise alone is worked out once. Where
    a fault of ours is raised, the verdicts up to there hold and the rest may be asked for again.
    """
    known: dict[str, Verdict] = {}
    for answer in answers:
        if answer.content_hash not in known:
            known[answer.content_hash] = grade(exercise, answer, tools=tools)
        yield known[answer.content_hash]


def revealed(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    """What a learner may see of keys and explanations once this verdict is theirs. Pure."""
    return KINDS[exercise.kind].reveal(exercise, verdict)


def storable(value: Any) -> Any:
    """JSON values with every text capped, and without what a database refuses to store."""
    if isinstance(value, str):
        return _printable(value)
    if isinstance(value, Mapping):
        return {_printable(str(key)): storable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [storable(part) for part in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    return value


def _storable(part: Any) -> Any:
    """The same of a verdict or a part of one; what can be stored as it is stays the same object."""
    if isinstance(part, Enum):
        return part
    if isinstance(part, tuple):
        return tuple(map(_storable, part))
    if not is_dataclass(part) or isinstance(part, type):
        return storable(part)
    fields = {name: (field, _storable(field)) for name, field in vars(part).items()}
    return replace(
        part, **{name: after for name, (before, after) in fields.items() if after is not before}
    )


def _printable(text: str) -> str:
    """Control characters, NUL and lone surrogates as escapes; the rest as it is."""
    text = text[:LONGEST_TEXT]
    return "".join(map(_shown, text)) if _has_unprintable(text) else text


def _has_unprintable(text: str) -> bool:
    return not text.replace("\n", "").replace("\t", "").isprintable()


def _shown(character: str) -> str:
    code = ord(character)
    unsafe = (code < 32 and character not in "\n\t") or 127 <= code < 160
    return (
        f"\\x{code:02x}" if unsafe else f"\\u{code:04x}" if 0xD800 <= code < 0xE000 else character
    )


def _versions(exercise: Exercise) -> dict[str, str]:
    return {
        "exercise": exercise.content_hash,
        "python": platform.python_version(),
        "kind": f"{exercise.kind}@{KINDS[exercise.kind].version}",
        **_how_tests_ran(exercise),
    }


def _how_tests_ran(exercise: Exercise) -> dict[str, str]:
    """Said of a verdict that a program could have forged: its tests shared its process."""
    in_process = getattr(exercise.spec, "runs_tests_in_process", False)
    return {"tests": "in the learner's process"} if in_process else {}
