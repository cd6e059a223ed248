"""What an exercise with decisions has to prove before it is published.

Every combination of options runs; each wrong option is caught by the checks of its own decision
and by no other; the right ones pass; the terms read the author's own phrasings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from grader.authored.exercise import Exercise
from grader.authored.literals import literal_call
from grader.authored.problems import Fault
from grader.checks.case_runs import run_cases
from grader.checks.cases import Case
from grader.checks.syntax import read_python
from grader.kinds.decided import DecidedSpec
from grader.kinds.tools import Tools
from grader.practice.assemble import combinations
from grader.practice.decisions import FEWEST_PHRASINGS, FEWEST_UNSTATED, UNSTATED, Decision
from grader.practice.recognise import Recogniser
from grader.sandbox.base import Call, Ended, HarnessBroken, Outcome, Program
from grader.verdict import Problem, TestResult, TestStatus

LEAST_RECOGNISED = 0.9
_CALLS_AT_ONCE = 400
_MISTAKES = frozenset(
    {"NameError", "UnboundLocalError", "ImportError", "ModuleNotFoundError", "SyntaxError"}
)


def prove_decided(exercise: Exercise, spec: DecidedSpec, *, tools: Tools) -> Iterator[Fault]:
    """What the two kinds with decisions have to prove alike."""
    yield from _unchecked(spec)
    yield from quoted_inputs(exercise, spec.cases)
    unreadable = list(_unreadable(spec))
    yield from unreadable
    if not unreadable:
        yield from _combinations_run(exercise, spec, tools)
        yield from _wrong_options_are_caught(exercise, spec, tools)
    yield from _recognised(spec)
    yield from _given_away(exercise, spec)


def _unchecked(spec: DecidedSpec) -> Iterator[Fault]:
    checked = {case.requirement for case in spec.cases}
    for at, decision in enumerate(spec.decisions):
        if decision.id not in checked:
            yield Fault(
                path=("decisions", at),
                message=f"No case checks the decision “{decision.id}”.",
                remedy=f"Add a case with `requirement: {decision.id}`.",
            )


def quoted_inputs(exercise: Exercise, cases: Sequence[Case]) -> Iterator[Fault]:
    """Hidden inputs that a learner is shown."""
    seen = {_squeezed(case.call or ""): case.id for case in cases if case.visible}
    brief = _squeezed(exercise.known_text)
    for at, case in enumerate(cases):
        if case.visible:
            continue
        call = _squeezed(case.call or "")
        if call in seen or call in brief:
            yield Fault(
                path=("cases", at, "call"),
                message=f"The hidden call {case.call} is shown to the learner.",
                remedy="Use another input, or make the case visible.",
            )


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _unreadable(spec: DecidedSpec) -> Iterator[Fault]:
    """The first option of each decision with which Python can't read the code."""
    told: set[tuple[str, str]] = set()
    for taken in combinations(spec.decisions):
        read = read_python(spec.code(taken), file="solution.py")
        if not isinstance(read, Problem):
            continue
        wrong = [pair for pair in taken.items() if pair not in told]
        named = _blamed(spec, taken) or wrong[:1]
        told |= set(taken.items())
        for name, option in named:
            at = [decision.id for decision in spec.decisions].index(name)
            yield Fault(
                path=("decisions", at, "options", option, "code"),
                message=f"With “{option}” line {read.line} can’t be read: {read.message}",
                remedy="Put the option's code or the template right.",
            )
        return


def _blamed(spec: DecidedSpec, taken: Mapping[str, str]) -> list[tuple[str, str]]:
    """The options that break the right program on their own."""
    return [
        (name, option)
        for name, option in taken.items()
        if isinstance(
            read_python(spec.code({**spec.correct, name: option}), file="solution.py"), Problem
        )
    ]


def _combinations_run(exercise: Exercise, spec: DecidedSpec, tools: Tools) -> Iterator[Fault]:
    """Every combination on every visible input: no stop, no name that isn't there."""
    cases = [case for case in spec.cases if case.call] or list(spec.cases)
    every = list(combinations(spec.decisions))
    at_once = max(1, _CALLS_AT_ONCE // len(cases))
    told: set[str] = set()
    for start in range(0, len(every), at_once):
        batch = every[start : start + at_once]
        for taken, case, outcome in _outcomes(exercise, spec, batch, cases, tools):
            said = _mistake(outcome)
            if said and said not in told:
                told.add(said)
                yield Fault(
                    path=("template",),
                    message=f"{_named(spec, taken)}: {case.call} {said}.",
                    remedy="Let every combination of options give a program that runs.",
                )


def _outcomes(
    exercise: Exercise,
    spec: DecidedSpec,
    batch: Sequence[Mapping[str, str]],
    cases: Sequence[Case],
    tools: Tools,
) -> Iterator[tuple[Mapping[str, str], Case, Outcome]]:
    """All programs of a batch in one process, each in a module of its own."""
    modules = {f"option_{at}.py": spec.code(taken) for at, taken in enumerate(batch)}
    main = "".join(
        f"from option_{at} import {spec.function} as call_{at}\n" for at in range(len(batch))
    )
    program = Program(files={**modules, "solution.py": main})
    calls, about = [], {}
    for at, taken in enumerate(batch):
        for case in cases:
            parsed = literal_call(case.call or "")
            name = f"{at}/{case.id}"
            about[name] = (taken, case)
            calls.append(
                Call(id=name, function=f"call_{at}", args=parsed.args, kwargs=parsed.kwargs)
            )
    outcomes = tools.sandbox.run_calls(program, calls, exercise.limits(ceilings=tools.ceilings))
    if sorted(outcome.id for outcome in outcomes) != sorted(about):
        raise HarnessBroken("the sandbox answered other calls than it was asked")
    for outcome in outcomes:
        yield (*about[outcome.id], outcome)


def _mistake(outcome: Outcome) -> str:
    """What is wrong with how a call ended, if the author can't have meant it."""
    if outcome.raised is not None:
        if outcome.ended is Ended.NOT_RUN or outcome.raised.name in _MISTAKES:
            return f"stops with {outcome.raised.name}: {outcome.raised.message}"
        return ""
    return "" if outcome.ended is Ended.RETURNED else f"ends as {outcome.ended.value}"


def _named(spec: DecidedSpec, taken: Mapping[str, str]) -> str:
    return "With " + ", ".join(f"{name} = {option}" for name, option in taken.items())


def _wrong_options_are_caught(
    exercise: Exercise, spec: DecidedSpec, tools: Tools
) -> Iterator[Fault]:
    right = _failed(exercise, spec, spec.correct, tools)
    for test in right:
        at = [case.id for case in spec.cases].index(test.id)
        yield Fault(
            path=("cases", at),
            message=f"With every decision right, “{test.id}” gets {test.got or test.status.value}.",
            remedy="Put the case or the option's code right.",
        )
    if right:
        return
    for at, decision in enumerate(spec.decisions):
        for name, option in decision.options.items():
            if not option.correct:
                failed = _failed(exercise, spec, {**spec.correct, decision.id: name}, tools)
                yield from _caught(at, decision, name, failed)


def _caught(
    at: int, decision: Decision, option: str, failed: Sequence[TestResult]
) -> Iterator[Fault]:
    path = ("decisions", at, "options", option)
    if not any(test.requirement == decision.id for test in failed):
        yield Fault(
            path=path,
            message=f"No check of “{decision.id}” notices the wrong option “{option}”.",
            remedy=f"Add a case with `requirement: {decision.id}` that it gets wrong.",
        )
    for test in failed:
        if test.requirement != decision.id:
            yield Fault(
                path=path,
                message=f"“{option}” also breaks “{test.id}”, a check of “{test.requirement}”.",
                remedy="Choose an input there on which this decision makes no difference.",
            )


def _failed(
    exercise: Exercise, spec: DecidedSpec, taken: Mapping[str, str], tools: Tools
) -> list[TestResult]:
    program = Program(files={"solution.py": spec.code(taken)})
    limits = exercise.limits(ceilings=tools.ceilings)
    found = run_cases(spec.cases, program, sandbox=tools.sandbox, limits=limits)
    return [test for test in found.tests if test.status is not TestStatus.PASSED]


def _recognised(spec: DecidedSpec) -> Iterator[Fault]:
    recogniser = spec.recogniser()
    for at, decision in enumerate(spec.decisions):
        yield from _too_few(at, decision)
        yield from _misread(at, decision, recogniser)


def _too_few(at: int, decision: Decision) -> Iterator[Fault]:
    for name in (*decision.options, UNSTATED):
        fewest = FEWEST_UNSTATED if name == UNSTATED else FEWEST_PHRASINGS
        count = len({phrase.lower() for phrase in decision.examples.get(name, [])})
        if count < fewest:
            yield Fault(
                path=("decisions", at, "examples", name),
                message=f"“{decision.id}” has {count} different phrasings for “{name}”.",
                remedy=f"Write at least {fewest}, or ask someone else for some.",
            )


def _misread(at: int, decision: Decision, recogniser: Recogniser) -> Iterator[Fault]:
    wrong: list[Fault] = []
    count = 0
    for name, phrases in decision.examples.items():
        for place, phrase in enumerate(phrases):
            count += 1
            stated = recogniser.stated(phrase)[decision.id]
            read_as = " and ".join(stated.says) or UNSTATED
            if read_as != name:
                wrong.append(
                    Fault(
                        path=("decisions", at, "examples", name, place),
                        message=f"“{phrase}” is read as {read_as}, not as {name}.",
                        remedy="Change the terms in `say:`, or the phrasing.",
                    )
                )
    if count and 1 - len(wrong) / count < LEAST_RECOGNISED:
        yield Fault(
            path=("decisions", at, "examples"),
            message=f"“{decision.id}”: {count - len(wrong)} of {count} phrasings are read rightly.",
            remedy=f"At least {LEAST_RECOGNISED:.0%} have to be.",
        )
        yield from wrong


def _given_away(exercise: Exercise, spec: DecidedSpec) -> Iterator[Fault]:
    """Questions and hints that state the right option themselves."""
    recogniser = spec.recogniser()
    texts: list[tuple[tuple[str | int, ...], str]] = [
        (("hints", at), hint) for at, hint in enumerate(exercise.hints)
    ]
    for at, decision in enumerate(spec.decisions):
        texts += [(("decisions", at, "ask"), decision.ask)]
        texts += [(("decisions", at, "about"), decision.about)]
    for path, text in texts:
        found = recogniser.stated(text)
        for decision in spec.decisions:
            if not decision.inferable and found[decision.id].option == decision.correct:
                yield Fault(
                    path=path,
                    message=f"“{text}” states “{decision.id}” as {decision.correct}.",
                    remedy="Ask, and leave the deciding to the learner.",
                )
