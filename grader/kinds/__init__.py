"""The table of kinds. To add a kind, write its folder and name it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.authored.spec import Spec
from grader.kinds.code.judge import judge as judge_code
from grader.kinds.code.spec import CodeSpec
from grader.kinds.quiz.judge import judge as judge_quiz
from grader.kinds.quiz.reveal import revealed as revealed_quiz
from grader.kinds.quiz.spec import QuizSpec
from grader.kinds.tools import Phases, Tools
from grader.verdict import Verdict


class Judge(Protocol):
    def __call__(
        self, exercise: Exercise, answer: Answer, *, tools: Tools, phases: Phases
    ) -> Verdict:
        """What is to be found in the answer. Raises only for faults of ours."""


class Reveal(Protocol):
    def __call__(self, exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
        """What the learner may see of keys and explanations now that they have answered."""


def nothing_to_reveal(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What an author writes, how an answer is judged, and what is revealed afterwards.

    ``version`` goes up with every change that could change a verdict.
    """

    spec: type[Spec]
    judge: Judge
    version: int
    reveal: Reveal = nothing_to_reveal


KINDS: Mapping[str, Kind] = {
    "code": Kind(spec=CodeSpec, judge=judge_code, version=1),
    "quiz": Kind(spec=QuizSpec, judge=judge_quiz, version=1, reveal=revealed_quiz),
}
