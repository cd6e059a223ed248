"""Has a model write the change that a learner asked for: in a worker with a key, not a sandbox.

What comes is a suggestion. It can't set a score: the files that the learner accepts are judged.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from countersign.common.text import UNSTORABLE
from countersign.exercises.models import graded_exercise
from countersign.grading.services import building
from countersign.llm.connections import Role, connection
from countersign.llm.gateway import Allowance, Question
from countersign.llm.jobs import Write
from countersign.llm.ladder import structured
from countersign.llm.ledger import Spender
from countersign.llm.trouble import ModelAway, Trouble
from countersign.submissions.models import BuildTurn
from grader.kinds.build.asking import SYSTEM, material, reply_of

TEMPERATURE = 0.2
MOST_TOKENS = 3000


class Written(BaseModel):
    """One file of a model's reply."""

    model_config = ConfigDict(extra="ignore")

    path: str = Field(max_length=120)
    text: str = Field(max_length=32_000)


class Suggested(BaseModel):
    """What a model replies with."""

    model_config = ConfigDict(extra="ignore")

    says: str = Field("", max_length=2000)
    files: list[Written] = Field(default=[], max_length=12)


def write(turn_id: UUID) -> Write:
    """Ask the model. Answers what to change in the database; every trouble is a state."""
    turn: BuildTurn = (
        BuildTurn.objects.unscoped()
        .select_related("attempt__version", "attempt__enrolment__cohort")
        .select_related("attempt__enrolment__learner")
        .get(pk=turn_id)
    )
    found = connection(Role.GENERATOR, turn.attempt.enrolment.cohort.organisation_id)
    if found is None or found.model != turn.engine or not turn.attempt.version.aided:
        return partial(building.give_up, turn_id, Trouble.OFF)
    try:
        suggested, _ = structured(
            _question(turn), Suggested, connection=found, allowance=Allowance()
        )
    except ModelAway as away:
        return partial(building.give_up, turn_id, away.trouble)
    reply = reply_of(
        graded_exercise(turn.attempt.version_id),
        _clean(suggested.says),
        {_clean(each.path): _clean(each.text) for each in suggested.files},
        files=turn.before,
    )
    return partial(building.end, turn_id, reply, found.model)


def _clean(text: str) -> str:
    return UNSTORABLE.sub("\ufffd", text)


def _question(turn: BuildTurn) -> Question:
    enrolment = turn.attempt.enrolment
    exercise = graded_exercise(turn.attempt.version_id)
    session = building.session_of(turn.attempt)
    return Question(
        role=Role.GENERATOR,
        system=SYSTEM,
        texts=material(exercise, turn.asked, files=turn.before, session=session.played),
        spender=Spender(
            learner=enrolment.learner_id,
            cohort=enrolment.cohort_id,
            organisation=enrolment.cohort.organisation_id,
            about=turn.attempt_id,
        ),
        prompt="exercise/build",
        temperature=TEMPERATURE,
        max_tokens=MOST_TOKENS,
        names=tuple(enrolment.learner.name.split()),
    )
