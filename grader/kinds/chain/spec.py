"""What the author of a ``chain`` writes: a prompt exercise, and what can be decided at the end."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from grader.authored.model import Authored, Line, SkillId, Slug
from grader.authored.problems import Fault
from grader.authored.spec import repeated
from grader.kinds.prompt.spec import PromptSpec
from grader.practice.decisions import Decision

SERIOUS_FROM = 2
"""A decision of this weight or more that the code gets wrong makes the output seriously wrong."""


class Link(StrEnum):
    """The steps of a chain, in their order."""

    PROMPT = "prompt"
    REVIEW = "review"
    DECIDE = "decide"


WEIGHTS: Mapping[Link, int] = {Link.PROMPT: 40, Link.REVIEW: 40, Link.DECIDE: 20}


class Condition(StrEnum):
    """What a learner's output is worth, worked out from the checks that it fails."""

    CLEAN = "clean"
    MINOR = "minor"
    SERIOUS = "serious"


class Worth(Authored):
    """What a way to decide is worth in each condition of the output, 0 to 1."""

    clean: float = Field(ge=0, le=1)
    minor: float = Field(ge=0, le=1)
    serious: float = Field(ge=0, le=1)

    def of(self, condition: Condition) -> float:
        found: float = getattr(self, condition.value)
        return found


class Way(Authored):
    """One way to decide."""

    id: Slug
    says: Line
    worth: Worth


class Deciding(Authored):
    """The last link: a question, and its ways."""

    ask: Line
    ways: list[Way] = Field(min_length=2, max_length=6)


class LinkSkills(Authored):
    """Which skill each link is evidence of."""

    prompt: list[SkillId] = Field(min_length=1, max_length=2)
    review: list[SkillId] = Field(min_length=1, max_length=2)
    decide: list[SkillId] = Field(min_length=1, max_length=2)

    def of(self, link: Link) -> list[str]:
        found: list[str] = getattr(self, link.value)
        return found


class ChainSpec(PromptSpec):
    """``kind: chain``: everything of a prompt exercise of the variant ``write``, and ``decide``."""

    kind: Literal["chain"]  # type: ignore[assignment]  # the other kind with these keys
    decide: Deciding
    links: LinkSkills

    @property
    def answer_file(self) -> str:
        return ""

    def condition(self, wrong: Collection[Decision]) -> Condition:
        """What an output is worth that gets these decisions wrong."""
        if not wrong:
            return Condition.CLEAN
        serious = any(decision.weight >= SERIOUS_FROM for decision in wrong)
        return Condition.SERIOUS if serious else Condition.MINOR

    def way(self, name: str) -> Way | None:
        return next((way for way in self.decide.ways if way.id == name), None)

    def faults(self, files: Mapping[str, str]) -> Iterator[Fault]:
        yield from super().faults(files)
        if self.variant != "write":
            yield Fault(
                path=("variant",),
                message="A chain begins with a prompt that is written.",
                remedy="Take out `variant:`.",
            )
        for twice in sorted(repeated([way.id for way in self.decide.ways])):
            yield Fault(
                path=("decide", "ways"),
                message=f"The id “{twice}” is used twice.",
                remedy="Rename one.",
            )
        yield from self._best_ways()
        yield from self._link_skills()

    def _best_ways(self) -> Iterator[Fault]:
        """In each condition one way at least is right, and none is right in all."""
        for condition in Condition:
            if not any(way.worth.of(condition) == 1 for way in self.decide.ways):
                yield Fault(
                    path=("decide", "ways"),
                    message=f"No way is right when the output is {condition.value}.",
                    remedy=f"Give one `{condition.value}: 1`.",
                )
        for at, way in enumerate(self.decide.ways):
            if all(way.worth.of(condition) == 1 for condition in Condition):
                yield Fault(
                    path=("decide", "ways", at),
                    message=f"“{way.id}” is right whatever the output is worth.",
                    remedy="Let it be worth less in one condition.",
                )

    def _link_skills(self) -> Iterator[Fault]:
        named = [skill for link in Link for skill in self.links.of(link)]
        for twice in sorted(repeated(named)):
            yield Fault(
                path=("links",),
                message=f"The skill “{twice}” stands at two links.",
                remedy="Let each link be evidence of skills of its own.",
            )
        if set(named) != set(self.skills):
            yield Fault(
                path=("links",),
                message="The links' skills and `skills:` are not the same.",
                remedy="Name each skill at one link.",
            )

    def shown(self, files: Mapping[str, str]) -> dict[str, Any]:
        return {
            **super().shown(files),
            "program": "",
            "ask": self.decide.ask,
            "ways": [{"id": way.id, "says": way.says} for way in self.decide.ways],
        }
