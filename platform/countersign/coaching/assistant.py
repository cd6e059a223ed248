"""The assistant in code exercises: ask, get a suggested change, take it or not, undo it once.

Only where the author allows it and help is allowed: decided here, on the server. Nothing is changed
in the learner's work until they take it.
"""

from __future__ import annotations

from difflib import unified_diff
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from pydantic import BaseModel, ConfigDict, Field

from countersign.coaching.guard import Guard
from countersign.coaching.models import Turn, TurnState
from countersign.coaching.prompts import prompt, set_off
from countersign.common import clock
from countersign.common.text import storable
from countersign.exercises.models import ExerciseVersion, graded_exercise
from countersign.llm import jobs
from countersign.llm.connections import Role, connection, model_name
from countersign.llm.gateway import Allowance, Question
from countersign.llm.jobs import Write
from countersign.llm.ladder import structured
from countersign.llm.ledger import Spender
from countersign.llm.trouble import ModelAway, Trouble
from countersign.submissions.models import Attempt
from countersign.submissions.services import save_draft
from grader.answer import Answer
from grader.verdict import Status, Verdict

JOB = "assistant"
PROMPT = "assistant/v1"
LONGEST_QUESTION = 1000
LONGEST_FILE = 16_000
REMEMBERED = 3  # earlier turns that are told again
MOST_TURNS = 20


class NotAllowed(Exception):
    """This exercise is done without a model's help."""


class NotNow(Exception):
    """A question is under way, or there were as many as one attempt has."""


class ChangedMeanwhile(Exception):
    """The learner's file, or the suggestion, isn't what it was."""


class Suggestion(BaseModel):
    """What the assistant's model replies with."""

    model_config = ConfigDict(extra="ignore")

    says: str = Field(max_length=600)
    file: str = Field("", max_length=120)
    text: str = Field("", max_length=LONGEST_FILE)


def is_allowed(version: ExerciseVersion) -> bool:
    """Whether the author lets learners ask a model here. Never in work without help."""
    return version.kind == "code" and version.aided and bool(version.shown.get("assistant"))


def is_there(organisation: UUID) -> bool:
    """Whether a model is set up to be asked."""
    return bool(model_name(Role.COACH, organisation))


@transaction.atomic
def ask(attempt: Attempt, *, question: str, answer: Answer) -> Turn:
    """Put a question. Raises NotAllowed, NotNow or UnstorableText."""
    if not is_allowed(attempt.version):
        raise NotAllowed
    last = attempt.turns.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_TURNS:
        raise NotNow
    try:
        with transaction.atomic():
            turn: Turn = attempt.turns.create(
                number=last + 1,
                asked=storable(question.strip())[:LONGEST_QUESTION],
                files={path: storable(text) for path, text in answer.files.items()},
            )
    except IntegrityError as fault:
        raise NotNow from fault
    jobs.enqueue(JOB, turn.pk)
    return turn


def write(turn_id: UUID) -> Write:
    """Ask the model. Answers what to change in the database; every trouble is a state."""
    turn = _turn(turn_id)
    found = connection(Role.COACH, turn.attempt.enrolment.cohort.organisation_id)
    if found is None:
        return partial(give_up, turn_id, Trouble.OFF)
    try:
        suggestion, _ = structured(
            _question(turn), Suggestion, connection=found, allowance=Allowance()
        )
    except ModelAway as away:
        return partial(give_up, turn_id, away.trouble)
    if _gives_away(turn, suggestion):
        return partial(_end, turn_id, TurnState.WITHHELD, model=found.model)
    changes = suggestion.file in turn.files and suggestion.text != turn.files[suggestion.file]
    file, text = (suggestion.file, suggestion.text) if changes and suggestion.text else ("", "")
    return partial(
        _end,
        turn_id,
        TurnState.HERE,
        model=found.model,
        says=suggestion.says.strip(),
        file=file,
        text=text,
    )


def _turn(turn_id: UUID) -> Turn:
    turn: Turn = (
        Turn.objects.unscoped()
        .select_related("attempt__version", "attempt__enrolment__cohort")
        .select_related("attempt__enrolment__learner")
        .get(pk=turn_id)
    )
    return turn


def _gives_away(turn: Turn, suggestion: Suggestion) -> bool:
    """What hidden checks know may stand neither in the words nor in the code. The code itself may
    be right: that is what the author allowed."""
    guard = Guard(
        exercise=graded_exercise(turn.attempt.version_id),
        verdict=Verdict(status=Status.INVALID),
        own={**turn.files, "suggested": suggestion.text},
    )
    return guard.leak(suggestion.says) is not None or guard.leak(suggestion.text) is not None


def _question(turn: Turn) -> Question:
    attempt = turn.attempt
    enrolment = attempt.enrolment
    before = attempt.turns.filter(number__lt=turn.number).exclude(says="").order_by("-number")
    told = [f"They asked: {each.asked}\nYou said: {each.says}" for each in before[:REMEMBERED]]
    files = "\n\n".join(
        f"{path}\n{text[:LONGEST_FILE]}" for path, text in sorted(turn.files.items())
    )
    return Question(
        role=Role.COACH,
        system=prompt(PROMPT).text,
        texts=(
            set_off("brief", attempt.version.brief),
            set_off("files", files),
            *(set_off("earlier", text) for text in reversed(told)),
            set_off("question", turn.asked),
        ),
        spender=Spender(
            learner=enrolment.learner_id,
            cohort=enrolment.cohort_id,
            organisation=enrolment.cohort.organisation_id,
            about=attempt.pk,
        ),
        prompt=PROMPT,
        names=tuple(enrolment.learner.name.split()),
        max_tokens=2500,
    )


def give_up(turn_id: UUID, trouble: Trouble) -> None:
    """Say why there is no answer."""
    _end(turn_id, TurnState.AWAY, trouble=trouble.value)


def _end(turn_id: UUID, state: TurnState, **facts: str) -> None:
    rows = Turn.objects.unscoped().filter(pk=turn_id, state=TurnState.WAITING)
    rows.update(state=state, ended_at=clock.now(), prompt=PROMPT, **facts)


@transaction.atomic
def take(turn: Turn, *, now: Answer, revision: int) -> None:
    """Put the suggested text into the learner's draft. ``now`` is what they have in hand.

    Raises ChangedMeanwhile when the file isn't what was asked about any more, and DraftConflict
    when the draft was saved elsewhere.
    """
    _put(turn, turn.files.get(turn.file, ""), turn.text, now, revision)
    _move(turn, TurnState.HERE, TurnState.TAKEN)


@transaction.atomic
def undo(turn: Turn, *, now: Answer, revision: int) -> None:
    """Put back what stood there when the learner asked. Once. Raises as ``take`` does."""
    _put(turn, turn.text, turn.files.get(turn.file, ""), now, revision)
    _move(turn, TurnState.TAKEN, TurnState.UNDONE)


def refuse(turn: Turn) -> None:
    """Leave it. Nothing in the learner's work changes."""
    Turn.objects.unscoped().filter(pk=turn.pk, state=TurnState.HERE).update(state=TurnState.REFUSED)


def _put(turn: Turn, old: str, new: str, now: Answer, revision: int) -> None:
    if not turn.file or now.files.get(turn.file, "").rstrip() != old.rstrip():
        raise ChangedMeanwhile
    files = {**now.files, turn.file: new}
    save_draft(attempt=turn.attempt, answer=Answer(files=files), revision=revision)


def _move(turn: Turn, old: TurnState, new: TurnState) -> None:
    rows = Turn.objects.unscoped().filter(pk=turn.pk, state=old)
    if not rows.update(state=new):
        raise ChangedMeanwhile


def difference(turn: Turn) -> list[tuple[str, str]]:
    """The suggested change line by line: (“add”, “take” or “same”, the line)."""
    lines = list(
        unified_diff(turn.files[turn.file].splitlines(), turn.text.splitlines(), n=2, lineterm="")
    )
    marks = {"+": "add", "-": "take", " ": "same"}
    return [(marks[line[0]], line[1:]) for line in lines[2:] if line[0] in marks]
