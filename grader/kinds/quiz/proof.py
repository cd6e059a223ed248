"""What a quiz has to prove before it is published."""

from __future__ import annotations

from collections.abc import Iterator

from grader.authored.exercise import Exercise
from grader.authored.problems import Fault
from grader.kinds.quiz.marks import tells
from grader.kinds.quiz.programs import Printed, printed_by
from grader.kinds.quiz.spec import Fill, Order, Predict, QuizSpec
from grader.kinds.tools import Tools
from grader.sandbox.base import Limits

AGREEING_RUNS = 5


def prove(exercise: Exercise, *, tools: Tools) -> Iterator[Fault]:
    """Run every program whose output is a key."""
    spec = exercise.spec
    if not isinstance(spec, QuizSpec):
        raise TypeError(f"{exercise.title!r} isn't a quiz")
    runner = _Runner(tools=tools, limits=exercise.limits(ceilings=tools.ceilings))
    for at, question in enumerate(spec.questions):
        if isinstance(question, Predict):
            yield from _predict_faults(question, at, runner)
        elif isinstance(question, Fill):
            yield from _fill_faults(question, at, runner)
        elif isinstance(question, Order) and question.run:
            yield from _order_faults(question, at, runner, seed=str(exercise.uuid))


class _Runner:
    def __init__(self, *, tools: Tools, limits: Limits) -> None:
        self.tools = tools
        self.limits = limits

    def __call__(self, code: str, stdin: str) -> Printed:
        return printed_by(code, stdin, sandbox=self.tools.sandbox, limits=self.limits)


def _predict_faults(question: Predict, at: int, run: _Runner) -> Iterator[Fault]:
    runs = [run(question.code, question.stdin) for _ in range(AGREEING_RUNS)]
    key = runs[0]
    path = ("questions", at, "code")
    if not key.is_whole:
        yield Fault(
            path=path,
            message=f"The program of “{question.id}” doesn't come to an end ({key.ended}).",
            remedy="Shorten it.",
        )
    elif any(each != key for each in runs):
        yield Fault(
            path=path,
            message=f"“{question.id}” prints something else each time.",
            remedy="Take chance, time and the order of sets out of it.",
        )
    elif not key.as_text().strip():
        yield Fault(
            path=path, message=f"“{question.id}” prints nothing.", remedy="Let it print something."
        )
    for part, typical in enumerate(question.feedback):
        if tells(typical.says, key):
            yield Fault(
                path=("questions", at, "feedback", part),
                message=f"“{typical.says}” is what “{question.id}” really prints.",
                remedy="Give a wrong answer here.",
            )


def _order_faults(question: Order, at: int, run: _Runner, *, seed: str) -> Iterator[Fault]:
    key = run(question.program(question.lines), "")
    path = ("questions", at, "lines")
    if key.raised or not key.is_whole or not key.as_text().strip():
        yield Fault(
            path=path,
            message=f"The lines of “{question.id}” in order don't run and print something.",
            remedy="Put them right, or take out `run`.",
        )
    shown = [line for line in question.shuffled(seed) if line in question.lines]
    if run(question.program(shown), "") == key:
        yield Fault(
            path=path,
            message=f"The lines of “{question.id}” print the same as they are first shown.",
            remedy="Add a line whose place matters.",
        )


def _fill_faults(question: Fill, at: int, run: _Runner) -> Iterator[Fault]:
    wanted = run(question.filled({}), question.stdin)
    if any(gap.run for gap in question.gaps.values()) and not wanted.is_whole:
        yield Fault(
            path=("questions", at, "code"),
            message=f"The filled program of “{question.id}” doesn't come to an end.",
            remedy="Shorten it, or take out `run`.",
        )
    for number, gap in question.gaps.items():
        for text in gap.accept[1:]:
            printed = run(question.filled({number: text}), question.stdin)
            if printed.as_text() != wanted.as_text():
                yield Fault(
                    path=("questions", at, "gaps", number, "accept"),
                    message=f"With “{text}” the program prints something else than with "
                    f"“{gap.accept[0]}”.",
                    remedy="Take one of the two out.",
                )
