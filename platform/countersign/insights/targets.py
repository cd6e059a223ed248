"""What an employer aims at: for each competency a level, and two lines for oversight.

A level stands for a score, 0 to 100: the share of a middling task that somebody gets right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import IntEnum, StrEnum
from typing import Any


class Level(IntEnum):
    """What somebody can be left to do. The number is the score it is reached at."""

    WITH_SUPPORT = 50
    ON_THEIR_OWN = 65
    FOR_OTHERS = 80


class Role(StrEnum):
    """Templates to begin from."""

    EVERYDAY = "everyday"  # uses AI output in everyday work
    DECIDER = "decider"  # decides on what AI output says
    CHECKER = "checker"  # signs other people's AI-assisted work
    BUILDER = "builder"  # builds small tools with AI
    OWN = "own"  # changed by hand


PROMPTS, INTERPRET, ERRORS, DECIDE, BUILD = (
    "Structure prompts",
    "Interpret outputs",
    "Identify errors",
    "Decide with AI",
    "Build with AI",
)
SUPPORT, OWN, OTHERS = Level.WITH_SUPPORT, Level.ON_THEIR_OWN, Level.FOR_OTHERS


@dataclass(frozen=True, kw_only=True)
class Targets:
    """``skills`` maps a competency to a score; ``found`` is the share of planted errors found at
    least, ``false_alarms`` the share of comments that are false alarms at most, in per cent."""

    role: Role = Role.EVERYDAY
    skills: Mapping[str, int] = field(default_factory=dict)
    found: int = 70
    false_alarms: int = 20

    def of(self, competency: str) -> int:
        """The target of a competency; ON_THEIR_OWN where none was set."""
        return self.skills.get(competency, int(Level.ON_THEIR_OWN))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Targets:
        return cls(**{**value, "role": Role(value["role"])})


def _template(role: Role, found: int, false_alarms: int, *levels: Level) -> Targets:
    titles = (PROMPTS, INTERPRET, ERRORS, DECIDE, BUILD)
    skills = {title: int(level) for title, level in zip(titles, levels, strict=True)}
    return Targets(role=role, skills=skills, found=found, false_alarms=false_alarms)


TEMPLATES: Mapping[Role, Targets] = {
    each.role: each
    for each in (
        _template(Role.EVERYDAY, 70, 20, OWN, OWN, OWN, OWN, SUPPORT),
        _template(Role.DECIDER, 70, 20, OWN, OWN, OWN, OTHERS, SUPPORT),
        _template(Role.CHECKER, 80, 15, OWN, OTHERS, OTHERS, OWN, SUPPORT),
        _template(Role.BUILDER, 75, 20, OTHERS, OWN, OWN, OWN, OWN),
    )
}
