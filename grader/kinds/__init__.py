"""The table of kinds. To add a kind, write its folder and name it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.kinds.code.spec import CodeSpec
from grader.kinds.quiz.spec import QuizSpec

if TYPE_CHECKING:
    from grader.authored.spec import Spec


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What an author writes."""

    spec: type[Spec]


KINDS: Mapping[str, Kind] = {
    "code": Kind(spec=CodeSpec),
    "quiz": Kind(spec=QuizSpec),
}
