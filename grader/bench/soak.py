"""Many programs one after another, of every kind: what a sandbox holds must not grow."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from grader.bench import work
from grader.engine import Tools, grade
from grader.sandbox import opening
from grader.sandbox.base import HarnessBroken
from grader.sandbox.soak import Level, level
from grader.verdict import Status

_WARM = 40  # programs before the first count
_TELL_EVERY = 500
_MOST_GROWTH = 16 << 20  # bytes, over any number of programs

_KINDS = (
    (work.by_cases(), work.GOOD, Status.PASSED),
    (work.by_cases(), work.BAD, Status.FAILED),
    (work.by_cases(), "import os\nos._exit(0)\n" + work.GOOD, Status.FAILED),
    (work.by_cases(), work.GOOD + "open('left', 'w').write('behind')\n", Status.PASSED),
    (work.by_tests(), work.GOOD, Status.PASSED),
    (work.by_cases(1), "raise SystemExit\n" + work.GOOD, Status.FAILED),
    (work.by_lines(2), work.LINES, Status.PASSED),
)


def soak(count: int, *, say: Callable[[str], None]) -> tuple[Level, Level]:
    """The levels before and after so many programs. Raises HarnessBroken for a wrong verdict."""
    with closing(opening.isolated()) as sandbox:
        tools = Tools(sandbox=sandbox)
        _run(_WARM, tools)
        before = level(sandbox)
        for done in range(0, count, _TELL_EVERY):
            say(f"{done} of {count}: {level(sandbox)}")
            _run(min(_TELL_EVERY, count - done), tools)
        return before, level(sandbox)


def grew(before: Level, after: Level) -> bool:
    same = (before.descriptors, before.processes, before.files) == (
        after.descriptors,
        after.processes,
        after.files,
    )
    return not same or after.memory > before.memory + _MOST_GROWTH


def _run(count: int, tools: Tools) -> None:
    for number in range(count):
        exercise, program, expected = _KINDS[number % len(_KINDS)]
        found = grade(exercise, work.answer(program), tools=tools)
        if found.status is not expected:
            raise HarnessBroken(f"{expected} became {found.status}: {found.problem}")
