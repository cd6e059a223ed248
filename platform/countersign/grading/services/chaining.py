"""A chain, link by link: each opens when the one before is handed in, and the last hands in all.

What was handed in for a link can't be changed; the whole is composed from those rows, so that a
form can't tell another story. Nothing is judged, and nothing told, before the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment
from countersign.common.text import storable_json
from countersign.exercises.models import ExerciseVersion, graded_exercise
from countersign.grading.services.intake import hand_in
from countersign.submissions.models import Attempt, ChainStep
from countersign.submissions.services import open_attempt
from grader.answer import Answer
from grader.kinds.chain.findings import read_review
from grader.kinds.chain.judge import UNFINISHED, output_of, spec_of
from grader.kinds.chain.spec import Link
from grader.verdict import Problem

PARTS: Mapping[Link, str] = {Link.PROMPT: "prompt", Link.REVIEW: "review", Link.DECIDE: "decision"}
"""Where each link stands in the answer as a whole."""


class NotItsTurn(Exception):
    """Another link is open: this one was handed in, or the one before it wasn't."""


class Unreadable(Exception):
    """What was handed in can't be taken; ``problem`` says why. Nothing was kept."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, kw_only=True)
class Chain:
    """How far a learner is in the round under way. ``last_prompt`` is from the round before."""

    round: int
    steps: Mapping[Link, ChainStep]
    last_prompt: str = ""

    @property
    def open(self) -> Link:
        """The link that may be handed in now."""
        return next(link for link in Link if link not in self.steps)

    @property
    def output(self) -> str:
        """The code that the learner's own prompt got, once there is one."""
        first = self.steps.get(Link.PROMPT)
        return first.output if first else ""


def chain_of(attempt: Attempt | None) -> Chain:
    """The round under way; a new one after the last link of the one before."""
    rows = list(attempt.chain_steps.order_by("-round")) if attempt else []
    newest = rows[0].round if rows else 1
    steps = {Link(row.link): row for row in rows if row.round == newest}
    if len(steps) < len(Link):
        return Chain(round=newest, steps=steps)
    return Chain(round=newest + 1, steps={}, last_prompt=str(steps[Link.PROMPT].given))


@transaction.atomic
def take(
    *, enrolment: Enrolment, version: ExerciseVersion, link: Link, given: Any, key: UUID
) -> Chain:
    """Keep one link; with the last, hand in the whole. Answers the chain as it stands then.

    Raises NotItsTurn, Unreadable, UnstorableText, and what ``hand_in`` raises.
    """
    list(User.objects.select_for_update().filter(pk=enrolment.learner_id).values_list("pk"))
    attempt = open_attempt(enrolment=enrolment, version=version)
    chain = chain_of(attempt)
    if link is not chain.open:
        raise NotItsTurn
    output = _output(version, link, given)
    step = ChainStep.objects.create(
        attempt=attempt,
        round=chain.round,
        link=link.value,
        given=storable_json(given),
        output=output,
    )
    steps = {**chain.steps, link: step}
    if len(steps) == len(Link):
        fields = {part: steps[each].given for each, part in PARTS.items()}
        hand_in(enrolment=enrolment, version=version, answer=Answer(fields=fields), key=key)
    return chain_of(attempt)


def _output(version: ExerciseVersion, link: Link, given: Any) -> str:
    """What the prompt gets; "" for the other links. Raises Unreadable."""
    exercise = graded_exercise(version.pk)
    spec = spec_of(exercise)
    if link is Link.PROMPT:
        found = output_of(exercise, str(given))
        if isinstance(found, Problem):
            raise Unreadable(found)
        return found
    if link is Link.REVIEW:
        review = read_review(spec, given)
        if isinstance(review, Problem):
            raise Unreadable(review)
    elif spec.way(str(given)) is None:
        raise Unreadable(UNFINISHED)
    return ""
