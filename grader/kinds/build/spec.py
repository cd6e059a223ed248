"""What the author of a ``build`` exercise writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from grader.authored.model import Authored, Line, Slug, Words
from grader.authored.problems import Fault
from grader.authored.spec import Spec, repeated
from grader.checks.cases import Case
from grader.kinds.code.spec import MOST_FEEDBACK_WORDS, ProgramFile
from grader.practice import ENGINE
from grader.practice.decisions import Decision, Group, Phrase
from grader.practice.recognise import Recogniser
from grader.practice.terms import TermError, Vocabulary, compiled

LONGEST_REQUEST = 800  # characters
MOST_TURNS = 20
ASKED = "asked"
Ways = list[list[Group]]


class Drill(Authored):
    """A mistake that the practice partner makes on purpose, once, along with its milestone's
    change. ``breaks`` is an earlier milestone; ``tells`` what it broke, said when it is over;
    ``say`` how a learner asks to have it put right."""

    breaks: Slug
    tells: Line
    say: Ways = Field(min_length=1, max_length=40)
    examples: list[Phrase] = []


class Milestone(Authored):
    """One thin slice of the program. It is reached when all its cases pass.

    ``about`` goes on after "a part about …", ``tells`` is what the partner says with its change,
    ``say`` how a learner asks for it.
    """

    id: Slug
    says: Line
    about: Line
    weight: int = Field(1, ge=1, le=3)
    feedback: Words
    say: Ways = Field(min_length=1, max_length=40)
    tells: Line
    examples: list[Phrase] = []
    decisions: list[Decision] = Field([], max_length=4)
    drill: Drill | None = None


@dataclass(frozen=True, kw_only=True)
class _Way:
    """One thing to look for in a request, in the recogniser's words."""

    say: Ways
    negated: bool = False
    specific_over: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Wish:
    """Whether a request asks for one thing."""

    id: str
    options: Mapping[str, _Way]
    default: str = ""


def wish_for(milestone: str) -> str:
    return f"milestone:{milestone}"


def wish_to_mend(milestone: str) -> str:
    return f"drill:{milestone}"


class BuildSpec(Spec):
    """``kind: build``. ``milestones`` stand in the order in which the partner builds them;
    ``turns`` is how many changes a session may bring."""

    kind: Literal["build"]
    program: ProgramFile
    turns: int = Field(ge=2, le=MOST_TURNS)
    milestones: list[Milestone] = Field(min_length=2, max_length=8)
    cases: list[Case] = Field(min_length=2)

    @property
    def decisions(self) -> list[Decision]:
        """The decisions of all milestones, in order."""
        return [each for milestone in self.milestones for each in milestone.decisions]

    def decisions_up_to(self, count: int) -> list[Decision]:
        """Those of the first ``count`` milestones."""
        return [each for milestone in self.milestones[:count] for each in milestone.decisions]

    @property
    def correct(self) -> dict[str, str]:
        return {decision.id: decision.correct for decision in self.decisions}

    @property
    def drills(self) -> int:
        return sum(milestone.drill is not None for milestone in self.milestones)

    @property
    def visible_cases(self) -> list[Case]:
        return [case for case in self.cases if case.visible]

    def milestone(self, name: str) -> Milestone:
        return next(each for each in self.milestones if each.id == name)

    def recogniser(self) -> Recogniser:
        """Reads what a request asks for, what it decides, and what it wants mended."""
        wishes = [
            _Wish(id=wish_for(each.id), options={ASKED: _Way(say=each.say)})
            for each in self.milestones
        ]
        wishes += [
            _Wish(id=wish_to_mend(each.id), options={ASKED: _Way(say=each.drill.say)})
            for each in self.milestones
            if each.drill is not None
        ]
        return Recogniser([*wishes, *self.decisions])

    def faults(self, files: Mapping[str, str]) -> Iterator[Fault]:
        yield from self._repetitions()
        yield from self._term_faults()
        yield from self._decision_faults()
        yield from self._case_faults()
        yield from self._drill_faults()

    def gaps(self, files: Mapping[str, str]) -> Iterator[Fault]:
        yield from self._missing_files(files)
        for at, milestone in enumerate(self.milestones):
            words = len(milestone.feedback.split())
            if words > MOST_FEEDBACK_WORDS:
                yield Fault(
                    path=("milestones", at, "feedback"),
                    message=f"The feedback has {words} words.",
                    remedy=f"Use at most {MOST_FEEDBACK_WORDS}.",
                )

    def shown(self, files: Mapping[str, str]) -> dict[str, Any]:
        return {
            "program": self.program,
            "turns": self.turns,
            "files": {
                path.removeprefix("starter/"): text
                for path, text in files.items()
                if path.startswith("starter/")
            },
            "requirements": [{"id": each.id, "says": each.says} for each in self.milestones],
            "cases": [case.shown() for case in self.visible_cases],
            "checks": len(self.cases),
            "drills": self.drills,
            "practice": ENGINE,
            "longest": LONGEST_REQUEST,
        }

    def hidden_texts(self, files: Mapping[str, str]) -> Iterator[str | float]:
        for case in self.cases:
            yield from case.hidden_texts()

    def _repetitions(self) -> Iterator[Fault]:
        named = {
            "milestones": [each.id for each in self.milestones],
            "cases": [case.id for case in self.cases],
        }
        for key, ids in named.items():
            for twice in sorted(repeated(ids)):
                yield Fault(
                    path=(key,), message=f"The id “{twice}” is used twice.", remedy="Rename one."
                )
        for twice in sorted(repeated([decision.id for decision in self.decisions])):
            yield Fault(
                path=("milestones",),
                message=f"Two decisions have the id “{twice}”.",
                remedy="Rename one.",
            )

    def _term_faults(self) -> Iterator[Fault]:
        for at, milestone in enumerate(self.milestones):
            ways: list[tuple[tuple[str | int, ...], Ways]] = [(("say",), milestone.say)]
            if milestone.drill is not None:
                ways.append((("drill", "say"), milestone.drill.say))
            for path, say in ways:
                for place, groups in enumerate(say):
                    try:
                        compiled([groups], Vocabulary(), negated=False)
                    except TermError as error:
                        yield Fault(
                            path=("milestones", at, *path, place),
                            message=f"This way of saying it can't be used: {error}.",
                            remedy="See docs/authoring/prompt.md for terms.",
                        )

    def _decision_faults(self) -> Iterator[Fault]:
        for at, milestone in enumerate(self.milestones):
            for place, decision in enumerate(milestone.decisions):
                for path, message, remedy in decision.faults():
                    yield Fault(
                        path=("milestones", at, "decisions", place, *path),
                        message=message,
                        remedy=remedy,
                    )

    def _case_faults(self) -> Iterator[Fault]:
        known = [each.id for each in self.milestones]
        for at, case in enumerate(self.cases):
            if case.requirement not in known:
                yield Fault(
                    path=("cases", at, "requirement"),
                    message=f"There is no milestone “{case.requirement}”.",
                    remedy=f"Name one of: {', '.join(known)}.",
                )
            if case.call is None:
                yield Fault(
                    path=("cases", at),
                    message="A case of this kind has to be a call.",
                    remedy="Add `call:`. A function that prints may be called with `prints:`.",
                )
            for key, message, remedy in case.faults():
                yield Fault(path=("cases", at, key), message=message, remedy=remedy)

    def _drill_faults(self) -> Iterator[Fault]:
        for at, milestone in enumerate(self.milestones):
            earlier = [each.id for each in self.milestones[:at]]
            if milestone.drill is not None and milestone.drill.breaks not in earlier:
                yield Fault(
                    path=("milestones", at, "drill", "breaks"),
                    message=f"“{milestone.drill.breaks}” isn't a milestone before this one.",
                    remedy=f"Name one of: {', '.join(earlier)}."
                    if earlier
                    else "Move the drill to a later milestone.",
                )

    def _missing_files(self, files: Mapping[str, str]) -> Iterator[Fault]:
        if f"starter/{self.program}" not in files:
            yield Fault(
                path=("program",),
                message=f"starter/{self.program} is missing.",
                remedy="Add it; a comment that says what it will be is enough.",
            )
        for at, milestone in enumerate(self.milestones):
            folders = [f"partner/{milestone.id}/"]
            folders += [f"partner/{milestone.id}.drill/"] if milestone.drill else []
            for folder in folders:
                if not any(path.startswith(folder) for path in files):
                    yield Fault(
                        path=("milestones", at),
                        message=f"There is nothing in {folder}.",
                        remedy="Put the files there that this change writes, whole.",
                    )
