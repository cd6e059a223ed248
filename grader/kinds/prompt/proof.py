"""What a ``prompt`` exercise has to prove before it is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.authored.exercise import Exercise
from grader.authored.literals import literal_call
from grader.authored.problems import Fault
from grader.checks.case_runs import run_cases
from grader.checks.guard import guarded
from grader.checks.words import NEUTRAL
from grader.kinds.decided_proof import prove_decided
from grader.kinds.prompt import wording
from grader.kinds.prompt.comparing import practised_pair
from grader.kinds.prompt.judge import recogniser_of, spec_of
from grader.kinds.prompt.probing import ProbeRefused
from grader.kinds.prompt.spec import GAP, PromptSpec
from grader.kinds.prompt.words_given import LONGEST_GAP
from grader.kinds.tools import Tools
from grader.practice.decisions import Decision
from grader.practice.recognise import Stated
from grader.sandbox.base import Program
from grader.verdict import TestResult, TestStatus

FEWEST_VISIBLE, FEWEST_DECISIONS = 1, 3
FEWEST_WEAK = 3
LONGEST_MESSAGE = 35  # words
PRAISE = (
    "Write production quality code. Handle all edge cases and errors. Make it correct.",
    "You are an expert Python developer. Write clean, well tested code without mistakes.",
)


def prove(exercise: Exercise, *, tools: Tools) -> Iterator[Fault]:
    """Everything that the kind asks of an exercise."""
    spec = spec_of(exercise)
    yield from prove_decided(exercise, spec, tools=tools)
    yield from _enough(exercise, spec)
    yield from _long_messages(exercise, spec)
    yield from _weak_texts(exercise, spec, tools)
    yield from _variant(exercise, spec, tools)


def _enough(exercise: Exercise, spec: PromptSpec) -> Iterator[Fault]:
    open_ones = [decision for decision in spec.decisions if not decision.inferable]
    if len(spec.decisions) < FEWEST_DECISIONS or not open_ones:
        yield Fault(
            path=("decisions",),
            message=f"There are {len(spec.decisions)} decisions, {len(open_ones)} not inferable.",
            remedy=f"Write at least {FEWEST_DECISIONS}, one of which a model can't guess.",
        )
    if sum(case.visible for case in spec.cases) < FEWEST_VISIBLE:
        yield Fault(
            path=("cases",), message="The learner sees no example.", remedy="Make one visible."
        )
    if all(case.visible for case in spec.cases):
        yield Fault(path=("cases",), message="No case is hidden.", remedy="Hide some.")
    weak = [name for name in exercise.folder("answers") if name.startswith("failed-")]
    if len(weak) < FEWEST_WEAK:
        yield Fault(
            path=("uuid",),
            file="answers",
            message=f"There are {len(weak)} weak answers in answers/.",
            remedy=f"Add answers/failed-… until there are {FEWEST_WEAK}.",
        )
    if not any(name.startswith("passed-") for name in exercise.folder("answers")):
        yield Fault(
            path=("uuid",),
            file="answers",
            message="There is no reference answer.",
            remedy="Add answers/passed-….",
        )


def _long_messages(exercise: Exercise, spec: PromptSpec) -> Iterator[Fault]:
    """Sentences that a learner would get, too long or quoting what is hidden."""
    for at, decision in enumerate(spec.decisions):
        for message in _messages(decision, spec.person):
            count = len(message.split())
            if count > LONGEST_MESSAGE:
                yield Fault(
                    path=("decisions", at),
                    message=f"A sentence for the learner has {count} words: “{message}”",
                    remedy="Shorten `about`, `does` or `ask`.",
                )
            if guarded(exercise, message) == NEUTRAL:
                yield Fault(
                    path=("decisions", at),
                    message=f"A sentence for the learner quotes what is hidden: “{message}”",
                    remedy="Say it without the value, or name the value in the brief.",
                )


def _messages(decision: Decision, person: str) -> Iterator[str]:
    yield wording.missing(decision, practice=True)
    wrong = [name for name, option in decision.options.items() if not option.correct]
    for name in wrong:
        yield wording.said_otherwise(decision, name, person=person)
    names = tuple(decision.options)[:2]
    stated = Stated(decision=decision.id, option=None, taken=decision.default, says=names, spans={})
    yield wording.both(decision, stated)


def _weak_texts(exercise: Exercise, spec: PromptSpec, tools: Tools) -> Iterator[Fault]:
    """Prompts that decide nothing, or everything at once, don't pass."""
    texts = {
        "nothing at all": "",
        "the brief pasted whole": exercise.brief,
        "general praise of code": PRAISE[0],
        "a role and good wishes": PRAISE[1],
        "every option at once": _shotgun(spec),
    }
    for name, text in texts.items():
        if not _fails(exercise, spec, text, tools):
            yield Fault(
                path=("decisions",),
                message=f"A prompt of {name} passes.",
                remedy="Let a default be wrong, or leave more open in the brief.",
            )


def _shotgun(spec: PromptSpec) -> str:
    """One phrasing of each option of each decision."""
    return "\n".join(
        phrases[0]
        for decision in spec.decisions
        for name, phrases in decision.examples.items()
        if name in decision.options and phrases
    )


def _fails(exercise: Exercise, spec: PromptSpec, text: str, tools: Tools) -> list[TestResult]:
    """The checks that don't pass on the practice model's code for a text, refusals aside."""
    stated = recogniser_of(exercise).stated(text)
    program = Program(
        files={"solution.py": spec.code({name: each.taken for name, each in stated.items()})}
    )
    limits = exercise.limits(ceilings=tools.ceilings)
    found = run_cases(spec.cases, program, sandbox=tools.sandbox, limits=limits)
    return [test for test in found.tests if test.status is not TestStatus.PASSED]


def _variant(exercise: Exercise, spec: PromptSpec, tools: Tools) -> Iterator[Fault]:
    if spec.given is not None:
        yield from _given(exercise, spec, tools)
    if spec.pair is not None:
        yield from _pair(exercise, spec, tools)
    if spec.sentences is not None:
        yield from _sentences(spec)
    if spec.faded is not None:
        yield from _faded(exercise, spec, tools)
    if spec.probe is not None and not _probes(spec):
        yield Fault(
            path=("probe",),
            message="No visible example can be typed into the probe box.",
            remedy="Allow at least the inputs of the examples.",
        )


def _given(exercise: Exercise, spec: PromptSpec, tools: Tools) -> Iterator[Fault]:
    assert spec.given is not None
    failed = {test.id: test for test in _fails(exercise, spec, spec.given.prompt, tools)}
    test = failed.get(spec.given.case)
    if test is None:
        yield Fault(
            path=("given", "case"),
            message="The case passes on the code of the given prompt.",
            remedy="Name one that goes wrong there.",
        )
    elif test.got != spec.given.gives:
        yield Fault(
            path=("given", "gives"),
            message=f"On the given prompt's code the case gives {test.got}.",
            remedy=f"Write `gives: {test.got!r}`.",
        )


def _pair(exercise: Exercise, spec: PromptSpec, tools: Tools) -> Iterator[Fault]:
    trials = practised_pair(exercise, spec, tools)
    if sum(trial.all_pass for trial in trials.values()) != 1:
        yield Fault(
            path=("pair",),
            message="Not exactly one of the two prompts passes.",
            remedy="Let one state every decision, and the other leave some open.",
        )


def _sentences(spec: PromptSpec) -> Iterator[Fault]:
    """Each decision can be stated rightly, and something in the list is to be left out."""
    recogniser = spec.recogniser()
    found = [recogniser.stated(sentence) for sentence in spec.sentences or []]
    for decision in spec.decisions:
        if not decision.inferable and not any(
            each[decision.id].option == decision.correct for each in found
        ):
            yield Fault(
                path=("sentences",),
                message=f"No sentence states “{decision.id}” as {decision.correct}.",
                remedy="Add one.",
            )
    if all(
        all(_is_right(decision, each[decision.id]) for decision in spec.decisions) for each in found
    ):
        yield Fault(
            path=("sentences",),
            message="Taking every sentence would be right.",
            remedy="Add sentences that decide wrongly.",
        )


def _is_right(decision: Decision, stated: Stated) -> bool:
    return not stated.says or stated.option == decision.correct


def _faded(exercise: Exercise, spec: PromptSpec, tools: Tools) -> Iterator[Fault]:
    empty = "".join(piece if at % 2 == 0 else "" for at, piece in enumerate(_split(spec)))
    if not _fails(exercise, spec, empty, tools):
        yield Fault(
            path=("faded",), message="It passes with all gaps empty.", remedy="Take more out."
        )
    if len(empty) + LONGEST_GAP * len(spec.blanks) > 1500:
        yield Fault(
            path=("faded",),
            message="With its gaps filled it may be too long.",
            remedy="Shorten it.",
        )


def _split(spec: PromptSpec) -> list[str]:
    return GAP.split(spec.faded or "")


def _probes(spec: PromptSpec) -> bool:
    assert spec.probe is not None
    return any(_allowed(spec, case.call or "") for case in spec.cases if case.visible)


def _allowed(spec: PromptSpec, call: str) -> bool:
    assert spec.probe is not None
    parsed = literal_call(call)
    values: Mapping[str, object] = {
        **dict(zip(spec.parameters, parsed.args, strict=False)),
        **parsed.kwargs,
    }
    try:
        for each in spec.probe.inputs:
            if each.name in values:
                each.value(_as_typed(values[each.name]))
    except ProbeRefused:
        return False
    return True


def _as_typed(value: object) -> str:
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return repr(value)
