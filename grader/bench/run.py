"""The measurement from beginning to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.bench import figures, peers, targets, work
from grader.bench.measure import in_turns
from grader.bench.report import Measured
from grader.engine import Tools, grade
from grader.sandbox import opening
from grader.sandbox.base import HarnessBroken, Sandbox
from grader.sandbox.supervise.runtime import Role
from grader.sandbox.supervise.sandbox import ProcessSandbox
from grader.verdict import Status

_NOTHING_WAITS: Mapping[Role, int] = {"learner": 0, "tester": 0}


def measure(*, rounds: int, seconds: float, repeats: int, say: Callable[[str], None]) -> Measured:
    """All figures. ``seconds`` is how long each of the ``repeats`` of the throughput takes."""
    with closing(opening.isolated()) as sandbox, _on_demand(sandbox) as unprepared:
        say(f"isolation {sandbox.isolation.value}; times of one grading, {rounds} rounds")
        with peers.peers() as found:
            _all_reject(found, sandbox)
            contestants = {peer.name: peer.run for peer in found}
            times = in_turns({**contestants, **_ours(sandbox, unprepared)}, rounds=rounds)
        say("growth with cases, tests and output")
        growth = {
            "cases": figures.growth(figures.with_cases(), sandbox=sandbox),
            "tests of a pytest file": figures.growth(figures.with_tests(), sandbox=sandbox),
            "characters printed": figures.growth(figures.with_output(), sandbox=sandbox),
        }
    say("gradings a second with 1, 2 and 4 slots")
    rates = {
        name: figures.throughput(what, seconds=seconds, times=repeats)
        for name, what in ((peers.PASS, "pass"), (targets.CASES, "cases"), (targets.TESTS, "tests"))
    }
    say("memory and start")
    memory = figures.memory()
    return Measured(
        isolation=sandbox.isolation.value,
        rounds=rounds,
        times=times,
        rates=rates,
        memory=memory,
        start=figures.start(),
        growth=growth,
        targets=(
            *targets.of_times(times),
            targets.of_rates(rates[targets.CASES], rates[peers.PASS]),
            *targets.of_memory(memory),
        ),
    )


@contextmanager
def _on_demand(like: Sandbox) -> Iterator[Sandbox]:
    """A sandbox in which no child waits."""
    without = frozenset() if "namespaces" in like.isolation.value else frozenset({"namespaces"})
    with closing(ProcessSandbox(like.isolation, without=without, spares=_NOTHING_WAITS)) as sandbox:
        yield sandbox


def _ours(sandbox: Sandbox, unprepared: Sandbox) -> dict[str, Callable[[], object]]:
    return {
        targets.CASES: partial(_passes, work.by_cases(), work.GOOD, sandbox),
        targets.CASES_ON_DEMAND: partial(_passes, work.by_cases(), work.GOOD, unprepared),
        targets.TESTS: partial(_passes, work.by_tests(), work.GOOD, sandbox),
        targets.LINES: partial(_passes, work.by_lines(), work.LINES, sandbox),
    }


def _passes(exercise: Exercise, program: str, sandbox: Sandbox) -> None:
    if _graded(exercise, work.answer(program), sandbox) is not Status.PASSED:
        raise HarnessBroken("a right program did not pass")


def _graded(exercise: Exercise, answer: Answer, sandbox: Sandbox) -> Status:
    return grade(exercise, answer, tools=Tools(sandbox=sandbox)).status


def _all_reject(found: list[peers.Peer], sandbox: Sandbox) -> None:
    """A wrong program passes nowhere: what is compared does grade."""
    for exercise in (work.by_cases(), work.by_tests()):
        if _graded(exercise, work.answer(work.BAD), sandbox) is not Status.FAILED:
            raise HarnessBroken("a wrong program did not fail")
    for peer in found:
        if peer.rejects is not None and not peer.rejects():
            raise HarnessBroken(f"a wrong program passed with {peer.name}")
