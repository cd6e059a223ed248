"""What an author writes about a decision: its options, the code of each, and ways to say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from grader.authored.model import Authored, Line, Slug
from grader.practice.terms import TermError, Vocabulary, compiled

Group = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Code = Annotated[str, StringConstraints(max_length=2000)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=400)]
DecisionFault = tuple[tuple[str | int, ...], str, str]

UNSTATED = "unstated"
FEWEST_PHRASINGS = 6
FEWEST_UNSTATED = 5


class Option(Authored):
    """One way to decide.

    ``does`` goes on after "the code …" ("rounds to whole pounds"). ``code`` is what stands in the
    template's slot, or a mapping of part to code where the template has several.
    """

    does: Line
    code: Code | dict[Slug, Code]
    say: list[list[Group]] = Field(min_length=1, max_length=40)
    negated: bool = False
    correct: bool = False
    specific_over: list[Slug] = []

    def code_of(self, part: str) -> str:
        """The code for the slot ``{decision}`` (part "") or ``{decision.part}``."""
        if isinstance(self.code, str):
            return self.code
        return self.code.get(part, "")


class Decision(Authored):
    """Something that a prompt has to say, because people want different things.

    ``about`` is a noun phrase that goes on after "a decision about …"; ``ask`` is the question
    that a learner gets. ``examples`` maps option (or ``unstated``) to ways of saying it.
    """

    id: Slug
    about: Line
    ask: Line
    weight: int = Field(1, ge=1, le=3)
    inferable: bool = False
    default: Slug
    options: dict[Slug, Option] = Field(min_length=2, max_length=5)
    examples: dict[Slug, list[Phrase]] = {}

    @property
    def correct(self) -> str:
        """The option that is right."""
        return next(name for name, option in self.options.items() if option.correct)

    def faults(self) -> Iterator[DecisionFault]:
        """Path inside the decision, message and remedy of each fault."""
        yield from self._wrong_options()
        yield from self._term_faults()
        for name in sorted(self.examples.keys() - self.options.keys() - {UNSTATED}):
            yield ("examples", name), f"There is no option “{name}”.", "Name an option or unstated."

    def _wrong_options(self) -> Iterator[DecisionFault]:
        right = [name for name, option in self.options.items() if option.correct]
        if len(right) != 1:
            yield (
                ("options",),
                f"“{self.id}” has {len(right)} correct options.",
                "Mark exactly one with `correct: true`.",
            )
        if self.default not in self.options:
            yield ("default",), f"There is no option “{self.default}”.", "Name one of the options."
        elif right == [self.default] and not self.inferable:
            yield (
                ("default",),
                "The default is the correct option, so nobody has to say it.",
                "Name what a model writes when nobody says, or set `inferable: true`.",
            )
        for name, option in self.options.items():
            for at, other in enumerate(option.specific_over):
                if other not in self.options or other == name:
                    yield (
                        ("options", name, "specific_over", at),
                        f"There is no other option “{other}”.",
                        "Name an option of this decision.",
                    )

    def _term_faults(self) -> Iterator[DecisionFault]:
        for name, option in self.options.items():
            for at, groups in enumerate(option.say):
                try:
                    compiled([groups], Vocabulary(), negated=option.negated)
                except TermError as error:
                    yield (
                        ("options", name, "say", at),
                        f"This way of saying it can't be used: {error}.",
                        "See docs/authoring/prompt.md for terms.",
                    )


def chosen_correctly(decisions: list[Decision]) -> Mapping[str, str]:
    """Each decision's correct option."""
    return {decision.id: decision.correct for decision in decisions}
