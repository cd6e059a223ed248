"""What a review has to prove before it is published: every planted defect, by running it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.authored.exercise import Exercise
from grader.authored.problems import Fault
from grader.checks.listing import lines_of
from grader.checks.syntax import read_python
from grader.kinds.review.bench import Bench, Unrunnable
from grader.kinds.review.judge import spec_of
from grader.kinds.review.score import chance_levels
from grader.kinds.review.spec import Defect, ReviewSpec
from grader.kinds.tools import Tools
from grader.sandbox.base import HarnessBroken, Program
from grader.verdict import Problem

HIGHEST_CHANCE = 0.15
_LINE = re.compile(r"\blines?\s+(\d+)", re.IGNORECASE)


def prove(exercise: Exercise, *, tools: Tools) -> Iterator[Fault]:
    """Compose the reference and each variant, run the author's tests on them, and look for what
    is unproven, guessable or given away."""
    spec = spec_of(exercise)
    bench = Bench(exercise=exercise, spec=spec, tools=tools)
    yield from _guessable(spec, len(lines_of(bench.text)))
    yield from _given_away(exercise, spec)
    unreadable = list(_unreadable(bench))
    yield from unreadable
    if unreadable:
        return
    if spec.artefact.type == "tests":
        yield from _weak_tests(bench)
    else:
        yield from _reference_passes(bench)
        yield from _defects_show(bench)


def _guessable(spec: ReviewSpec, lines: int) -> Iterator[Fault]:
    levels = chance_levels(spec, lines=lines)
    way, level = max(levels.items(), key=lambda each: each[1])
    if level > HIGHEST_CHANCE:
        yield Fault(
            path=("defects",),
            message=f"Guessing ({way}) brings {100 * level:.0f} of 100; "
            f"{100 * HIGHEST_CHANCE:.0f} is the most.",
            remedy="Make the artefact longer or the defects’ lines fewer.",
        )


def _given_away(exercise: Exercise, spec: ReviewSpec) -> Iterator[Fault]:
    for at, hint in enumerate(exercise.hints):
        named = {int(number) for number in _LINE.findall(hint)}
        for defect in spec.defects:
            if named & defect.marked:
                yield Fault(
                    path=("hints", at),
                    message=f"The hint names a line of “{defect.id}”.",
                    remedy="Name the function or the rule instead.",
                )


def _unreadable(bench: Bench) -> Iterator[Fault]:
    for path, left in _texts(bench):
        text = bench.with_defects(left)
        try:
            files = bench.program(text).files
        except Unrunnable as error:
            yield Fault(path=path, message=f"The diff no longer fits: {error}.", remedy="Mend it.")
            continue
        for name, body in {**files, bench.spec.artefact.file: text}.items():
            read = read_python(body, file=name) if name.endswith(".py") else None
            if isinstance(read, Problem):
                what = f"with only “{left[0]}” left in it" if left else "with all corrections"
                yield Fault(path=path, message=f"{name}, {what}: {read.message}", remedy="Mend it.")


def _texts(bench: Bench) -> Iterator[tuple[tuple[str | int, ...], list[str]]]:
    yield ("artefact", "file"), []
    for at, defect in enumerate(bench.spec.defects):
        yield ("defects", at, "corrected"), [defect.id]


def _reference_passes(bench: Bench) -> Iterator[Fault]:
    names = set(bench.spec.author_tests(bench.exercise.files))
    if not names:
        if bench.spec.artefact.type in ("code", "diff"):
            yield Fault(
                path=("artefact",),
                message="There is no test in hidden/.",
                remedy="Add hidden/test_….py that passes when everything is right.",
            )
        return
    failing = sorted(names - bench.passed_with(()))
    if failing:
        yield Fault(
            path=("artefact",),
            message=f"With every correction made {', '.join(failing)} doesn’t pass.",
            remedy="Put the corrections or the test right.",
        )


def _defects_show(bench: Bench) -> Iterator[Fault]:
    """On the variant its own tests fail; on the artefact as shown they fail as well."""
    reference = bench.passed_with(())
    shown = bench.passed_with(bench.every)
    for at, defect in enumerate(bench.spec.defects):
        own = frozenset(defect.witness.tests)
        if not own:
            yield from _needs_no_run(bench, defect, at)
            continue
        variant = bench.passed_with([defect.id])
        path = ("defects", at, "witness")
        for name in sorted(own & variant & reference):
            yield Fault(
                path=path,
                message=f"{name} passes although “{defect.id}” is left in.",
                remedy="Let the test look at what the defect changes, or correct the lines.",
            )
        for name in sorted(own & shown & (reference - variant)):
            yield Fault(
                path=path,
                message=f"{name} passes on the artefact as shown: another defect hides "
                f"“{defect.id}”.",
                remedy="Move one of the two.",
            )


def _needs_no_run(bench: Bench, defect: Defect, at: int) -> Iterator[Fault]:
    if bench.spec.takes_proof and defect.witness.reason in ("source", "wording"):
        yield Fault(
            path=("defects", at, "witness"),
            message=f"“{defect.id}” is in something that runs, and its witness is "
            f"`{defect.witness.reason}`.",
            remedy="Name a test, or one of the reasons performance, security and style.",
        )


def _weak_tests(bench: Bench) -> Iterator[Fault]:
    """Tests under review: right ones pass on the program and catch each mutant; with a defect
    left in, its mutant gets through."""
    sound = bench.program(bench.text)
    right = bench.with_defects(())
    for text, what in ((right, "with every correction made"), (bench.text, "as shown")):
        if not _passes(bench, text, sound):
            yield Fault(
                path=("artefact", "file"),
                message=f"The tests, {what}, don’t pass on the program.",
                remedy="Put them right.",
            )
    for at, defect in enumerate(bench.spec.defects):
        path = ("defects", at, "witness")
        if defect.witness.mutant is None:
            yield Fault(
                path=path,
                message=f"“{defect.id}” has no mutant.",
                remedy="Name the wrong program that these tests let through.",
            )
            continue
        mutant = bench.mutant(defect)
        if _passes(bench, right, mutant):
            yield Fault(
                path=path,
                message=f"The corrected tests let the mutant of “{defect.id}” through.",
                remedy="Correct the lines so that they catch it.",
            )
        if not _passes(bench, bench.with_defects([defect.id]), mutant):
            yield Fault(
                path=path,
                message=f"The mutant of “{defect.id}” is caught although the defect is left in.",
                remedy="Choose a mutant that only these lines let through.",
            )


def _passes(bench: Bench, text: str, program: Program) -> bool:
    try:
        return bench.own_suite_passes(text, program)
    except HarnessBroken:
        return False
