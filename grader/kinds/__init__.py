"""The table of kinds. To add a kind, write its folder and name it here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.authored.problems import Fault
from grader.authored.spec import Spec
from grader.kinds.build.judge import judge as judge_build
from grader.kinds.build.proof import prove as prove_build
from grader.kinds.build.reveal import revealed as revealed_build
from grader.kinds.build.spec import BuildSpec
from grader.kinds.chain.judge import judge as judge_chain
from grader.kinds.chain.proof import prove as prove_chain
from grader.kinds.chain.reveal import revealed as revealed_chain
from grader.kinds.chain.spec import ChainSpec
from grader.kinds.code.doubts import doubt as doubt_code
from grader.kinds.code.judge import judge as judge_code
from grader.kinds.code.proof import prove as prove_code
from grader.kinds.code.spec import CodeSpec
from grader.kinds.decide.judge import judge as judge_decide
from grader.kinds.decide.proof import prove as prove_decide
from grader.kinds.decide.reveal import revealed as revealed_decide
from grader.kinds.decide.spec import DecideSpec
from grader.kinds.explain.judge import judge as judge_explain
from grader.kinds.explain.judge import requests as explain_requests
from grader.kinds.explain.proof import prove as prove_explain
from grader.kinds.explain.reveal import revealed as revealed_explain
from grader.kinds.explain.spec import ExplainSpec
from grader.kinds.generation import GenerationRequest
from grader.kinds.prompt.judge import judge as judge_prompt
from grader.kinds.prompt.judge import requests as prompt_requests
from grader.kinds.prompt.proof import prove as prove_prompt
from grader.kinds.prompt.reveal import revealed as revealed_prompt
from grader.kinds.prompt.spec import PromptSpec
from grader.kinds.quiz.judge import judge as judge_quiz
from grader.kinds.quiz.proof import prove as prove_quiz
from grader.kinds.quiz.reveal import revealed as revealed_quiz
from grader.kinds.quiz.spec import QuizSpec
from grader.kinds.review.judge import judge as judge_review
from grader.kinds.review.proof import prove as prove_review
from grader.kinds.review.reveal import revealed as revealed_review
from grader.kinds.review.spec import ReviewSpec
from grader.kinds.test.judge import judge as judge_test
from grader.kinds.test.proof import prove as prove_test
from grader.kinds.test.reveal import revealed as revealed_test
from grader.kinds.test.spec import TestSpec
from grader.kinds.tools import Phases, Tools
from grader.verdict import Verdict


class Judge(Protocol):
    def __call__(
        self, exercise: Exercise, answer: Answer, *, tools: Tools, phases: Phases
    ) -> Verdict:
        """What is to be found in the answer. Raises only for faults of ours."""


class Proof(Protocol):
    def __call__(self, exercise: Exercise, *, tools: Tools) -> Iterable[Fault]:
        """What keeps the exercise from being published, as faults of ``exercise.yaml``."""


class Reveal(Protocol):
    def __call__(self, exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
        """What the learner may see of keys and explanations now that they have answered."""


class Requests(Protocol):
    def __call__(self, exercise: Exercise, answer: Answer) -> tuple[GenerationRequest, ...]:
        """What a model is to be asked about the answer. Pure; empty for an answer that will be
        refused, so that no model is paid for it."""


def nothing_to_ask(exercise: Exercise, answer: Answer) -> tuple[GenerationRequest, ...]:
    return ()


def nothing_to_reveal(exercise: Exercise, verdict: Verdict) -> dict[str, Any]:
    return {}


def nothing_to_doubt(exercise: Exercise, *, tools: Tools) -> Iterable[Fault]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What an author writes, how an answer is judged, what an exercise has to prove, what is
    revealed after an answer, and what a model is asked before it is judged. ``doubt`` finds what
    an author should know of a proven exercise and may leave as it is.

    ``version`` goes up with every change that could change a verdict.
    """

    spec: type[Spec]
    judge: Judge
    prove: Proof
    version: int
    reveal: Reveal = nothing_to_reveal
    doubt: Proof = nothing_to_doubt
    requests: Requests = nothing_to_ask


KINDS: Mapping[str, Kind] = {
    "build": Kind(
        spec=BuildSpec, judge=judge_build, prove=prove_build, version=1, reveal=revealed_build
    ),
    "chain": Kind(
        spec=ChainSpec, judge=judge_chain, prove=prove_chain, version=1, reveal=revealed_chain
    ),
    "code": Kind(spec=CodeSpec, judge=judge_code, prove=prove_code, doubt=doubt_code, version=3),
    "decide": Kind(
        spec=DecideSpec, judge=judge_decide, prove=prove_decide, version=1, reveal=revealed_decide
    ),
    "explain": Kind(
        spec=ExplainSpec,
        judge=judge_explain,
        prove=prove_explain,
        version=1,
        reveal=revealed_explain,
        requests=explain_requests,
    ),
    "prompt": Kind(
        spec=PromptSpec,
        judge=judge_prompt,
        prove=prove_prompt,
        version=1,
        reveal=revealed_prompt,
        requests=prompt_requests,
    ),
    "quiz": Kind(
        spec=QuizSpec, judge=judge_quiz, prove=prove_quiz, version=2, reveal=revealed_quiz
    ),
    "review": Kind(
        spec=ReviewSpec, judge=judge_review, prove=prove_review, version=1, reveal=revealed_review
    ),
    "test": Kind(
        spec=TestSpec, judge=judge_test, prove=prove_test, version=1, reveal=revealed_test
    ),
}
