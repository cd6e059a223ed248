"""What a ``build`` exercise has to prove before it is published.

Every milestone can be reached with the practice partner's changes, in as many turns as there are;
its checks fail before and pass after. Each drill passes its own milestone's checks and is caught by
one that a learner can run. Each wrong decision is noticed. Requests are read as their author says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.authored.exercise import Exercise
from grader.authored.problems import Fault
from grader.checks.case_runs import run_cases
from grader.checks.syntax import read_python
from grader.kinds.build.merging import merged_files
from grader.kinds.build.partner import Standing, build_spec, partner_files, replied
from grader.kinds.build.proof_words import prove_words
from grader.kinds.build.spec import BuildSpec, Milestone
from grader.kinds.decided_proof import quoted_inputs
from grader.kinds.tools import Tools
from grader.practice.assemble import combinations, slots
from grader.sandbox.base import Program
from grader.verdict import Problem, TestStatus

AGREEING_RUNS = 3
Files = Mapping[str, str]


def prove(exercise: Exercise, *, tools: Tools) -> Iterator[Fault]:
    """Play the partner through every milestone, drill and decision."""
    spec = build_spec(exercise)
    yield from _checks_of_each(spec)
    yield from quoted_inputs(exercise, spec.cases)
    yield from _turns(spec)
    yield from prove_words(exercise, spec)
    broken = [*_slots(exercise, spec), *_unreadable(exercise, spec)]
    yield from broken
    if broken:
        return
    bench = _Bench(exercise, tools)
    reached = list(_reached(exercise, spec, bench))
    yield from reached
    if reached:
        return
    yield from _drills(exercise, spec, bench)
    yield from _decisions(exercise, spec, bench)
    yield from _goes_on_after_a_drill(exercise, spec, bench)


class _Bench:
    """Runs programs and says which checks don't pass."""

    def __init__(self, exercise: Exercise, tools: Tools) -> None:
        self.spec = build_spec(exercise)
        self.tools = tools
        self.limits = exercise.limits(ceilings=tools.ceilings)

    def red(self, files: Files) -> dict[str, str]:
        """Id of each check that doesn't pass, with what came of it."""
        found = run_cases(
            self.spec.cases,
            Program(files=files, main=self.spec.program),
            sandbox=self.tools.sandbox,
            limits=self.limits,
        )
        return {
            test.id: test.got or test.message or test.status.value
            for test in found.tests
            if test.status is not TestStatus.PASSED
        }

    def own(self, milestone: str, *, visible: bool = False) -> set[str]:
        return {
            case.id
            for case in self.spec.cases
            if case.requirement == milestone and (case.visible or not visible)
        }


def _checks_of_each(spec: BuildSpec) -> Iterator[Fault]:
    for at, milestone in enumerate(spec.milestones):
        own = [case for case in spec.cases if case.requirement == milestone.id]
        if not any(case.visible for case in own):
            yield Fault(
                path=("milestones", at),
                message=f"“{milestone.id}” has no visible case, so no learner can check it.",
                remedy="Add a case with `visible: true`.",
            )
        if own and all(case.visible for case in own):
            yield Fault(
                path=("milestones", at),
                message=f"“{milestone.id}” has no hidden case: a program may know all by heart.",
                remedy="Add a case without `visible`.",
            )


def _turns(spec: BuildSpec) -> Iterator[Fault]:
    needed = len(spec.milestones) + spec.drills
    if spec.turns < needed:
        yield Fault(
            path=("turns",),
            message=f"{spec.turns} turns aren’t enough for {len(spec.milestones)} milestones and "
            f"{spec.drills} drills.",
            remedy=f"Allow at least {needed}, and some to go wrong.",
        )


def _slots(exercise: Exercise, spec: BuildSpec) -> Iterator[Fault]:
    """Decisions without a slot, and slots of decisions that come later."""
    ids = {decision.id for decision in spec.decisions}
    for at, milestone in enumerate(spec.milestones):
        known = {decision.id for decision in spec.decisions_up_to(at + 1)}
        for folder in _folders(milestone):
            used = {name for text in exercise.folder(folder).values() for name in slots(text)}
            for name in sorted((used & ids) - known):
                yield Fault(
                    path=("milestones", at),
                    message=f"{folder} has the slot {{{name}}}, which is decided later.",
                    remedy="Move the decision to this milestone, or take out the slot.",
                )
        written = exercise.folder(f"partner/{milestone.id}").values()
        used = {name for text in written for name in slots(text)}
        for place, decision in enumerate(milestone.decisions):
            if decision.id not in used:
                yield Fault(
                    path=("milestones", at, "decisions", place),
                    message=f"partner/{milestone.id} has no slot {{{decision.id}}}.",
                    remedy="Put it where the code of that decision goes.",
                )


def _folders(milestone: Milestone) -> list[str]:
    drill = [f"partner/{milestone.id}.drill"] if milestone.drill else []
    return [f"partner/{milestone.id}", *drill]


def _unreadable(exercise: Exercise, spec: BuildSpec) -> Iterator[Fault]:
    """Files that Python can't read with some choice of options."""
    for at, milestone in enumerate(spec.milestones):
        decisions = spec.decisions_up_to(at + 1)
        told: set[str] = set()
        for taken in combinations(decisions):
            for drilled in ["", milestone.id] if milestone.drill else [""]:
                files = partner_files(exercise, built=at + 1, taken=taken, drilled=drilled)
                for name, text in files.items():
                    read = read_python(text, file=name) if name.endswith(".py") else None
                    if isinstance(read, Problem) and name not in told:
                        told.add(name)
                        yield Fault(
                            path=("milestones", at),
                            message=f"partner/{milestone.id}: with {_named(taken)} line "
                            f"{read.line} of {name} can’t be read: {read.message}",
                            remedy="Put the file or the option's code right.",
                        )


def _named(taken: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {option}" for name, option in taken.items()) or "no decisions"


def _reached(exercise: Exercise, spec: BuildSpec, bench: _Bench) -> Iterator[Fault]:
    """With every decision right, milestone after milestone begins to hold and goes on holding."""
    before = bench.red(partner_files(exercise, built=0, taken={}))
    for at, milestone in enumerate(spec.milestones):
        files = partner_files(exercise, built=at + 1, taken=spec.correct)
        red = bench.red(files)
        if not bench.own(milestone.id) & before.keys():
            yield Fault(
                path=("milestones", at),
                message=f"The checks of “{milestone.id}” pass before it is built.",
                remedy="Check something that this milestone adds.",
            )
        for each in spec.milestones[: at + 1]:
            for name in sorted(bench.own(each.id) & red.keys()):
                yield Fault(
                    path=("cases", [case.id for case in spec.cases].index(name)),
                    message=f"With partner/{milestone.id} in place and every decision right, "
                    f"“{name}” gets {red[name]}.",
                    remedy="Put the case or the file right.",
                )
        before = red
    last = partner_files(exercise, built=len(spec.milestones), taken=spec.correct)
    if not before and any(bench.red(last) for _ in range(AGREEING_RUNS - 1)):
        yield Fault(
            path=("program",),
            message=f"{AGREEING_RUNS} runs of the finished program don't agree.",
            remedy="Take chance, time and order out of it.",
        )


def _drills(exercise: Exercise, spec: BuildSpec, bench: _Bench) -> Iterator[Fault]:
    for at, milestone in enumerate(spec.milestones):
        if milestone.drill is None:
            continue
        files = partner_files(exercise, built=at + 1, taken=spec.correct, drilled=milestone.id)
        red = bench.red(files)
        path = ("milestones", at, "drill")
        if not bench.own(milestone.drill.breaks, visible=True) & red.keys():
            yield Fault(
                path=path,
                message=f"No visible case of “{milestone.drill.breaks}” notices the drill of "
                f"“{milestone.id}”.",
                remedy="Add one that a careful learner would run again, or break something else.",
            )
        for name in sorted(bench.own(milestone.id) & red.keys()):
            yield Fault(
                path=path,
                message=f"With the drill, “{name}” of its own milestone gets {red[name]}.",
                remedy="Let the new part work; the drill breaks something older.",
            )


def _decisions(exercise: Exercise, spec: BuildSpec, bench: _Bench) -> Iterator[Fault]:
    """Each wrong option is noticed by a visible check of its milestone once that is built."""
    for at, milestone in enumerate(spec.milestones):
        for place, decision in enumerate(milestone.decisions):
            for name, option in decision.options.items():
                taken = {**spec.correct, decision.id: name}
                red = bench.red(partner_files(exercise, built=at + 1, taken=taken))
                if not option.correct and not bench.own(milestone.id, visible=True) & red.keys():
                    yield Fault(
                        path=("milestones", at, "decisions", place, "options", name),
                        message=f"No visible case of “{milestone.id}” notices the wrong option "
                        f"“{name}”.",
                        remedy="Add a case that it gets wrong.",
                    )


def _goes_on_after_a_drill(exercise: Exercise, spec: BuildSpec, bench: _Bench) -> Iterator[Fault]:
    """Whoever accepts a drill can still build all the rest, and have the drill mended."""
    for at, milestone in enumerate(spec.milestones):
        if milestone.drill is None or not milestone.drill.examples:
            continue
        files = partner_files(exercise, built=at + 1, taken=spec.correct, drilled=milestone.id)
        for built in range(at + 1, len(spec.milestones)):
            files = _one_more(exercise, built, files)
        standing = Standing(built=len(spec.milestones), taken=spec.correct, drilled=milestone.id)
        mended = replied(exercise, milestone.drill.examples[0], standing=standing, files=files)
        red = bench.red({**files, **mended.change})
        if red:
            yield Fault(
                path=("milestones", at, "drill"),
                message=f"Accepted, built upon and mended, the drill leaves “{min(red)}” broken.",
                remedy="Let the drill touch other lines than later milestones do.",
            )


def _one_more(exercise: Exercise, built: int, files: Files) -> dict[str, str]:
    """These files with one more milestone than the first ``built``, every decision right."""
    taken = build_spec(exercise).correct
    change, _ = merged_files(
        base=partner_files(exercise, built=built, taken=taken),
        ours=files,
        theirs=partner_files(exercise, built=built + 1, taken=taken),
    )
    return {**files, **change}
