"""What the author of a ``quiz`` writes, and how a learner sees it before answering."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from grader.authored.model import Authored, Line, SkillId, Slug, Words
from grader.authored.problems import Fault
from grader.authored.spec import Spec, repeated

GAP = re.compile(r"___(\d+)___")
Code = Annotated[str, Field(min_length=1, max_length=8000)]


class Question(Authored):
    """The keys of every question. ``explain`` is shown after the answer, never before."""

    id: Slug
    ask: Words
    explain: Words
    skills: list[SkillId] = []
    weight: int = Field(1, ge=1, le=3)

    def faults(self) -> Iterator[tuple[str, str, str]]:
        """Key, message and remedy of each fault inside this question."""
        yield from ()


class Option(Authored):
    """One choice; ``why`` says after the answer why it is right or wrong."""

    id: Slug
    text: Words
    correct: bool = False
    why: Words


class Choose(Question):
    """Pick one option, or with ``multiple`` exactly the right ones."""

    type: Literal["choose"]
    code: Code | None = None
    options: list[Option] = Field(min_length=2, max_length=8)
    multiple: bool = False

    @property
    def key(self) -> frozenset[str]:
        return frozenset(option.id for option in self.options if option.correct)

    def faults(self) -> Iterator[tuple[str, str, str]]:
        for twice in sorted(repeated([option.id for option in self.options])):
            yield "options", f"The option id “{twice}” is used twice.", "Rename one."
        if not self.key:
            yield "options", "No option is correct.", "Mark one with `correct: true`."
        if len(self.key) > 1 and not self.multiple:
            yield "options", "More than one option is correct.", "Add `multiple: true`."


class TypicalAnswer(Authored):
    """A usual wrong answer and what it shows."""

    says: str
    why: Words


class Predict(Question):
    """Type what the program prints. The key comes from running it, never from the author."""

    type: Literal["predict"]
    code: Code
    stdin: str = Field("", max_length=4000)
    show_as: Literal["output"] = "output"
    feedback: list[TypicalAnswer] = []


class Order(Question):
    """Put lines in the right order; distractors stay out. With ``run`` another order of the
    same lines counts when the program then prints the same."""

    type: Literal["order"]
    lines: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(
        min_length=2, max_length=15
    )
    distractors: list[Annotated[str, Field(min_length=1, max_length=200)]] = []
    run: bool = False
    code: Code | None = None

    def faults(self) -> Iterator[tuple[str, str, str]]:
        for line in self.distractors:
            if line in self.lines:
                yield "distractors", f"“{line}” is also a right line.", "Change one of them."

    def shuffled(self, seed: str) -> list[str]:
        """All lines, in an order that depends on ``seed`` alone and is not the right one."""
        lines = [*self.lines, *self.distractors]
        order = sorted(range(len(lines)), key=lambda at: _digest(f"{seed}/{self.id}/{at}"))
        mixed = [lines[at] for at in order]
        return mixed if mixed[: len(self.lines)] != self.lines else mixed[1:] + mixed[:1]

    def program(self, lines: list[str]) -> str:
        """The lines as a program, below the code that is given."""
        return "\n".join([*([self.code.rstrip()] if self.code else []), *lines, ""])

    def by_text(self, given: Any) -> Any:
        """The same answer with each of the author's line numbers replaced by its line."""
        if isinstance(given, Mapping):
            return {
                key: self.by_text(part) if key == "answer" else part for key, part in given.items()
            }
        lines = [*self.lines, *self.distractors]
        if not isinstance(given, list):
            return given
        return [
            lines[part] if isinstance(part, int) and 0 <= part < len(lines) else part
            for part in given
        ]


class Gap(Authored):
    """One gap. With ``run`` another text counts when the program then prints the same."""

    accept: list[Line] = Field(min_length=1)
    run: bool = False


class Fill(Question):
    """Fill the gaps ``___1___``, ``___2___`` of a program."""

    type: Literal["fill"]
    code: Code
    stdin: str = Field("", max_length=4000)
    gaps: dict[int, Gap] = Field(min_length=1, max_length=8)

    def faults(self) -> Iterator[tuple[str, str, str]]:
        shown = {int(number) for number in GAP.findall(self.code)}
        for number in sorted(shown - self.gaps.keys()):
            yield "gaps", f"The gap ___{number}___ has no key.", f"Add `{number}:` to gaps."
        for number in sorted(self.gaps.keys() - shown):
            yield "gaps", f"The code has no gap ___{number}___.", "Add it, or take the key out."

    def filled(self, texts: Mapping[int, str]) -> str:
        """The program with these texts in its gaps, and the author's first text elsewhere."""
        return GAP.sub(
            lambda gap: texts.get(int(gap[1]), self.gaps[int(gap[1])].accept[0]), self.code
        )


AnyQuestion = Annotated[Choose | Predict | Order | Fill, Field(discriminator="type")]


class QuizSpec(Spec):
    """``kind: quiz``: questions with a key."""

    kind: Literal["quiz"]
    questions: list[AnyQuestion] = Field(min_length=1, max_length=24)

    def faults(self, files: Mapping[str, str]) -> Iterator[Fault]:
        for twice in sorted(repeated([question.id for question in self.questions])):
            yield Fault(
                path=("questions",),
                message=f"The question id “{twice}” is used twice.",
                remedy="Rename one.",
            )
        for at, question in enumerate(self.questions):
            for key, message, remedy in question.faults():
                yield Fault(path=("questions", at, key), message=message, remedy=remedy)

    def stored_fields(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """A stored answer's fields. A line's number there counts ``lines`` and then
        ``distractors`` as exercise.yaml lists them, so it becomes the line's own text."""
        orders = {each.id: each for each in self.questions if isinstance(each, Order)}
        return {
            name: orders[name].by_text(given) if name in orders else given
            for name, given in fields.items()
        }

    def shown(self, files: Mapping[str, str]) -> dict[str, Any]:
        return {"questions": [self.shown_question(question) for question in self.questions]}

    def shown_question(self, question: AnyQuestion) -> dict[str, Any]:
        """A question as it stands before the answer: no key, no why, no explanation."""
        own: dict[str, Any]
        shared = {
            "id": question.id,
            "type": question.type,
            "ask": question.ask,
            "skills": list(question.skills),
        }
        match question:
            case Choose():
                options = [{"id": each.id, "text": each.text} for each in question.options]
                own = {"code": question.code, "options": options, "multiple": question.multiple}
            case Predict():
                own = {"code": question.code, "stdin": question.stdin}
            case Order():
                own = {
                    "code": question.code,
                    "lines": question.shuffled(str(self.uuid)),
                    "has_extra": bool(question.distractors),
                }
            case Fill():
                own = {
                    "code": question.code,
                    "stdin": question.stdin,
                    "gaps": sorted(question.gaps),
                }
        return {**shared, **own}

    def hidden_texts(self, files: Mapping[str, str]) -> Iterator[str | float]:
        """Nothing by itself: what must not be given away comes from running the programs."""
        yield from ()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
