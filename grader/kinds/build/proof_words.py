"""Whether the practice partner reads requests as their author says, and gives no answer away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.authored.exercise import Exercise
from grader.authored.problems import Fault
from grader.checks.guard import given_away
from grader.kinds.build.spec import BuildSpec, Milestone, wish_for, wish_to_mend
from grader.kinds.decided_proof import LEAST_RECOGNISED
from grader.practice.decisions import UNSTATED, Decision
from grader.practice.recognise import Recogniser

FEWEST_REQUESTS = 4
FEWEST_PHRASINGS = 3
Path = tuple[str | int, ...]


def prove_words(exercise: Exercise, spec: BuildSpec) -> Iterator[Fault]:
    """Requests for each milestone, phrasings of each option, ways to have a drill mended."""
    recogniser = spec.recogniser()
    for at, milestone in enumerate(spec.milestones):
        path: Path = ("milestones", at)
        yield from _requests(
            (*path, "examples"), milestone.examples, wish_for(milestone.id), recogniser
        )
        if milestone.drill is not None:
            yield from _requests(
                (*path, "drill", "examples"),
                milestone.drill.examples,
                wish_to_mend(milestone.id),
                recogniser,
            )
        for place, decision in enumerate(milestone.decisions):
            later = spec.milestones[at + 1 :]
            yield from _phrasings((*path, "decisions", place), decision, later, recogniser)
    yield from _given_away(exercise, spec, recogniser)


def _requests(
    path: Path, examples: Sequence[str], wish: str, recogniser: Recogniser
) -> Iterator[Fault]:
    count = len({example.lower() for example in examples})
    if count < FEWEST_REQUESTS:
        yield Fault(
            path=path if examples else path[:-1],
            message=f"There are {count} different requests for “{wish}”.",
            remedy=f"Write at least {FEWEST_REQUESTS}, or ask someone else for some.",
        )
    for place, example in enumerate(examples):
        if not recogniser.stated(example)[wish].says:
            yield Fault(
                path=(*path, place),
                message=f"“{example}” isn’t read as a request for “{wish}”.",
                remedy="Change the terms in `say:`, or the request.",
            )


def _phrasings(
    path: Path, decision: Decision, later: Sequence[Milestone], recogniser: Recogniser
) -> Iterator[Fault]:
    wrong: list[Fault] = []
    count = 0
    for name in (*decision.options, UNSTATED):
        phrases = decision.examples.get(name, [])
        if len({phrase.lower() for phrase in phrases}) < FEWEST_PHRASINGS:
            yield Fault(
                path=(*path, "examples"),
                message=f"“{decision.id}” has {len(phrases)} phrasings for “{name}”.",
                remedy=f"Write at least {FEWEST_PHRASINGS}, or ask someone else for some.",
            )
        count += len(phrases)
        for place, phrase in enumerate(phrases):
            where = (*path, "examples", name, place)
            stated = recogniser.stated(phrase)
            read_as = " and ".join(stated[decision.id].says) or UNSTATED
            wanted = [each.id for each in later if stated[wish_for(each.id)].says]
            wrong += _misread(where, phrase, name, read_as, () if name == UNSTATED else wanted)
    if count and 1 - len(wrong) / count < LEAST_RECOGNISED:
        yield Fault(
            path=(*path, "examples"),
            message=f"“{decision.id}”: {count - len(wrong)} of {count} phrasings are read rightly.",
            remedy=f"At least {LEAST_RECOGNISED:.0%} have to be.",
        )
        yield from wrong


def _misread(
    path: Path, phrase: str, name: str, read_as: str, wanted: Sequence[str]
) -> Iterator[Fault]:
    if read_as != name:
        yield Fault(
            path=path,
            message=f"“{phrase}” is read as {read_as}, not as {name}.",
            remedy="Change the terms in `say:`, or the phrasing.",
        )
    for milestone in wanted:
        yield Fault(
            path=path,
            message=f"“{phrase}” is also read as a request for “{milestone}”.",
            remedy="Change the terms of that milestone, or the phrasing.",
        )


def _given_away(exercise: Exercise, spec: BuildSpec, recogniser: Recogniser) -> Iterator[Fault]:
    """Words that a learner reads and that decide rightly by themselves, or quote what is hidden."""
    for path, text in _read_by_learners(exercise, spec):
        found = recogniser.stated(text)
        for decision in spec.decisions:
            if not decision.inferable and found[decision.id].option == decision.correct:
                yield Fault(
                    path=path,
                    message=f"“{text}” states “{decision.id}” as {decision.correct}.",
                    remedy="Leave the deciding to the learner.",
                )
        for literal in given_away(exercise, text):
            yield Fault(
                path=path,
                message=f"The text says “{literal}”, which only hidden checks know.",
                remedy="Say it without the value, or name the value in README.md.",
            )


def _read_by_learners(exercise: Exercise, spec: BuildSpec) -> Iterator[tuple[Path, str]]:
    for at, hint in enumerate(exercise.hints):
        yield ("hints", at), hint
    for at, milestone in enumerate(spec.milestones):
        for key in ("says", "about", "feedback", "tells"):
            yield ("milestones", at, key), getattr(milestone, key)
        if milestone.drill is not None:
            yield ("milestones", at, "drill", "tells"), milestone.drill.tells
        for place, decision in enumerate(milestone.decisions):
            yield ("milestones", at, "decisions", place, "about"), decision.about
            yield ("milestones", at, "decisions", place, "ask"), decision.ask
