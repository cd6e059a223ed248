"""A program built in turns: ask for a change, accept it, undo it, start over.

The session is kept here, turn by turn, and handed in with the files: what a learner's form says
about it counts for nothing. The practice partner answers at once. A model answers from the queue of
those who hold its key, and never in work that is done without help.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from countersign.common import clock
from countersign.common.text import storable, storable_json
from countersign.exercises.models import ExerciseVersion, graded_exercise
from countersign.llm import jobs
from countersign.llm.connections import Role, model_name
from countersign.llm.trouble import Trouble
from countersign.submissions.models import (
    UNDECIDED,
    Attempt,
    BuildTurn,
    BuildTurnState,
    CheckRun,
    CheckRunState,
    Draft,
)
from countersign.submissions.services import save_draft
from grader.answer import Answer
from grader.kinds.build.partner import Reply, Standing, build_spec, refusal, replied
from grader.kinds.build.session import Played, Ran, Turn, changes, played, standing_of
from grader.practice import ENGINE

JOB = "build"
MOST_REQUESTS = 60  # in one session, those that brought no change included
MOST_SESSIONS = 20
LONGEST_KEPT = 1000  # characters of a request
LOGGED = {
    BuildTurnState.ACCEPTED: "accepted",
    BuildTurnState.UNDONE: "undone",
    BuildTurnState.TAKEN_BACK: "taken_back",
    BuildTurnState.OPEN: "open",
}


class NotNow(Exception):
    """Something else comes first. ``reason``: undecided, no_turns, too_many, nothing_open,
    too_late, other_engine."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Session:
    """One session as it stands. ``files`` are those at hand as far as turns know of them."""

    number: int
    turns: tuple[BuildTurn, ...]
    played: tuple[Played, ...]
    files: Mapping[str, str]
    used: int
    most: int

    @property
    def pending(self) -> BuildTurn | None:
        """The turn that waits for a model, or for its learner to decide."""
        last = self.turns[-1] if self.turns else None
        return last if last is not None and last.state in UNDECIDED else None

    @property
    def left(self) -> int:
        return max(0, self.most - self.used)

    @property
    def standing(self) -> Standing:
        return standing_of(self.played)

    @property
    def engine(self) -> str:
        """Who wrote the accepted changes of this session, "" for nobody yet."""
        kept = (each for each in self.played if each.turn.ask and each.turn.did == "accepted")
        return next((each.turn.engine for each in kept), "")

    @property
    def may_be_taken_back(self) -> bool:
        last = self.turns[-1] if self.turns else None
        return bool(last and last.asked and last.state == BuildTurnState.ACCEPTED)


def session_of(attempt: Attempt) -> Session:
    """The attempt's newest session."""
    last = attempt.build_turns.order_by("-session").values_list("session", flat=True).first()
    return _session(attempt, last or 1)


def _session(attempt: Attempt, number: int) -> Session:
    exercise = graded_exercise(attempt.version_id)
    rows = tuple(attempt.build_turns.filter(session=number).order_by("number"))
    if rows and not rows[0].asked and rows[0].reply is None and not rows[0].edited:
        rows = rows[1:]  # the mark of a session that was started over
    told = [row for row in rows if row.state in LOGGED]
    logged = tuple(played(exercise, [_turn(row) for row in told]))
    return Session(
        number=number,
        turns=rows,
        played=logged,
        files=logged[-1].kept if logged else exercise.folder("starter"),
        used=changes(logged),
        most=build_spec(exercise).turns,
    )


def _turn(row: BuildTurn) -> Turn:
    return Turn(
        ask=row.asked,
        did=LOGGED[BuildTurnState(row.state)],
        engine=row.engine,
        reply=Reply.from_json(row.reply) if row.reply else Reply(says=""),
        edited=row.edited,
        ran=_ran(row),
    )


def _ran(row: BuildTurn) -> tuple[Ran, ...]:
    """What was run before deciding: the newest result of each check."""
    newest: dict[str, Ran] = {}
    for run in row.check_runs.filter(state=CheckRunState.DONE).order_by("at"):
        for each in run.results:
            newest[each["title"]] = Ran(id=each["id"], title=each["title"], held=each["held"])
    return tuple(newest.values())


def may_ask_a_model(version: ExerciseVersion, organisation: UUID) -> str:
    """The model that may write in this exercise's sessions; "" for none. Never without help."""
    return model_name(Role.GENERATOR, organisation) if version.aided else ""


@transaction.atomic
def ask(
    attempt: Attempt, request: str, *, answer: Answer, revision: int, practice: bool = False
) -> BuildTurn:
    """Put a request about the files at hand. ``practice``: not to the model, though there is one.

    Raises NotNow, DraftConflict, UnstorableText.
    """
    session = _decided(attempt)
    if session.left == 0:
        raise NotNow("no_turns")
    if len(session.turns) >= MOST_REQUESTS:
        raise NotNow("too_many")
    files = _files(session, answer)
    revision = known_revision(attempt, files, revision)
    session = _with_own_edit(attempt, session, files)
    engine = _engine(attempt, session, practice=practice)
    text = storable(request.strip())[:LONGEST_KEPT]
    exercise = graded_exercise(attempt.version_id)
    reply = refusal(exercise, text)
    if reply is None and engine == ENGINE:
        reply = replied(exercise, text, standing=session.standing, files=files)
    turn = _made(attempt, session, asked=text, engine=engine, before=files, reply=reply)
    _keep(attempt, {**files, **(reply.change if reply else {})}, revision)
    if reply is None:
        jobs.enqueue(JOB, turn.pk)
    return turn


def _decided(attempt: Attempt) -> Session:
    """The session, unless something is still to be decided in it."""
    session = session_of(attempt)
    if session.pending is not None:
        raise NotNow("undecided")
    return session


def _engine(attempt: Attempt, session: Session, *, practice: bool) -> str:
    """Who writes. A session keeps to who wrote what was accepted in it."""
    organisation = attempt.enrolment.cohort.organisation_id
    wanted = "" if practice else may_ask_a_model(attempt.version, organisation)
    if session.engine and session.engine != (wanted or ENGINE):
        if session.engine != ENGINE:
            raise NotNow("other_engine")
        return ENGINE
    return wanted or ENGINE


def _files(session: Session, answer: Answer) -> dict[str, str]:
    """The files at hand: those of the session, as the form has them. A form can't take one away."""
    texts: dict[str, str] = storable_json({**session.files, **answer.files})
    return texts


def _with_own_edit(attempt: Attempt, session: Session, files: Mapping[str, str]) -> Session:
    """The session with a turn for what its learner has changed by hand since the last one."""
    edited = {path: text for path, text in files.items() if session.files.get(path) != text}
    if not edited:
        return session
    row = _made(attempt, session, asked="", engine="", before=dict(session.files), reply=None)
    row.edited, row.state, row.decided_at = edited, BuildTurnState.ACCEPTED, clock.now()
    row.save(update_fields=["edited", "state", "decided_at"])
    loose = CheckRun.objects.unscoped().filter(
        attempt=attempt, session=session.number, turn=None, at__gt=_last_moment(attempt, session)
    )
    loose.update(turn=row)
    return _session(attempt, session.number)


def _last_moment(attempt: Attempt, session: Session) -> datetime:
    last = session.turns[-1] if session.turns else None
    return (last.decided_at or last.at) if last else attempt.started_at


def _made(
    attempt: Attempt,
    session: Session,
    *,
    asked: str,
    engine: str,
    before: Mapping[str, str],
    reply: Reply | None,
) -> BuildTurn:
    state = BuildTurnState.WAITING
    if reply is not None:
        state = BuildTurnState.OPEN if reply.change else BuildTurnState.NOTHING
    last = session.turns[-1].number if session.turns else 1
    try:
        with transaction.atomic():
            turn: BuildTurn = attempt.build_turns.create(
                session=session.number,
                number=last + 1,
                asked=asked,
                engine=engine or ENGINE,
                state=state,
                before=dict(before),
                reply=reply.as_json() if reply else None,
            )
    except IntegrityError as fault:  # the other tab was quicker
        raise NotNow("undecided") from fault
    return turn


def _keep(attempt: Attempt, files: Mapping[str, str], revision: int) -> None:
    save_draft(attempt=attempt, answer=Answer(files=dict(files)), revision=revision)


def known_revision(attempt: Attempt, files: Mapping[str, str], revision: int) -> int:
    """The revision to save on. A draft with the very files that a page sends is that page's own,
    saved while the request was on its way."""
    draft = Draft.objects.filter(attempt=attempt).first()
    same = draft is not None and draft.answer.get("files") == dict(files)
    return draft.revision if draft is not None and same else revision


@transaction.atomic
def accept(attempt: Attempt, *, answer: Answer, revision: int) -> BuildTurn:
    """Accept the open change, as the files at hand have it. Raises NotNow, DraftConflict."""
    session, turn = _open(attempt)
    files = _files(session, answer)
    revision = known_revision(attempt, files, revision)
    proposed = {**turn.before, **Reply.from_json(turn.reply or {}).change}
    edited = {path: text for path, text in files.items() if proposed.get(path) != text}
    _decide(turn, BuildTurnState.ACCEPTED, edited=edited)
    _keep(attempt, files, revision)
    return turn


@transaction.atomic
def undo(attempt: Attempt, *, answer: Answer, revision: int) -> BuildTurn:
    """Leave the open change: the files are what they were. Raises NotNow, DraftConflict."""
    session, turn = _open(attempt)
    revision = known_revision(attempt, {**session.files, **answer.files}, revision)
    _decide(turn, BuildTurnState.UNDONE)
    _keep(attempt, turn.before, revision)
    return turn


@transaction.atomic
def take_back(attempt: Attempt, *, answer: Answer, revision: int) -> BuildTurn:
    """Undo the change that was accepted last. Raises NotNow, DraftConflict."""
    session = _decided(attempt)
    revision = known_revision(attempt, {**session.files, **answer.files}, revision)
    if not session.may_be_taken_back:
        raise NotNow("too_late")
    turn = session.turns[-1]
    rows = BuildTurn.objects.unscoped().filter(pk=turn.pk, state=BuildTurnState.ACCEPTED)
    if not rows.update(state=BuildTurnState.TAKEN_BACK, decided_at=clock.now()):
        raise NotNow("too_late")
    _keep(attempt, turn.before, revision)
    return turn


def _open(attempt: Attempt) -> tuple[Session, BuildTurn]:
    session = session_of(attempt)
    turn = session.pending
    if turn is None or turn.state != BuildTurnState.OPEN:
        raise NotNow("nothing_open")
    return session, turn


def _decide(
    turn: BuildTurn, state: BuildTurnState, *, edited: Mapping[str, str] | None = None
) -> None:
    rows = BuildTurn.objects.unscoped().filter(pk=turn.pk, state=BuildTurnState.OPEN)
    if not rows.update(state=state, edited=dict(edited or {}), decided_at=clock.now()):
        raise NotNow("nothing_open")


@transaction.atomic
def start_over(attempt: Attempt, *, answer: Answer, revision: int) -> None:
    """Begin a new session with the files that were given. Earlier ones are kept.

    Raises NotNow, DraftConflict.
    """
    session = session_of(attempt)
    revision = known_revision(attempt, {**session.files, **answer.files}, revision)
    if session.number >= MOST_SESSIONS:
        raise NotNow("too_many")
    if session.pending is not None and session.pending.state == BuildTurnState.WAITING:
        raise NotNow("undecided")
    if session.pending is not None:
        _decide(session.pending, BuildTurnState.UNDONE)
    given = graded_exercise(attempt.version_id).folder("starter")
    attempt.build_turns.create(
        session=session.number + 1,
        number=1,
        engine=ENGINE,
        state=BuildTurnState.ACCEPTED,
        before=given,
        decided_at=clock.now(),
    )
    _keep(attempt, given, revision)


@transaction.atomic
def handed_in(attempt: Attempt, answer: Answer) -> Answer:
    """The files with the session that led to them. What else the answer says isn't believed."""
    session = session_of(attempt)
    files = _files(session, answer)
    if session.pending is None:
        session = _with_own_edit(attempt, session, files)
    turns = [_turn(row).as_json() for row in session.turns if row.state in LOGGED]
    return Answer(files=files, fields={"session": session.number, "turns": turns})


def end(turn_id: UUID, reply: Reply, engine: str) -> None:
    """Keep what a model wrote, and put its change into the learner's hands. Needs a transaction."""
    rows = BuildTurn.objects.unscoped().filter(pk=turn_id, state=BuildTurnState.WAITING)
    state = BuildTurnState.OPEN if reply.change else BuildTurnState.NOTHING
    if not rows.update(state=state, reply=storable_json(reply.as_json()), engine=engine):
        return
    turn = BuildTurn.objects.unscoped().select_related("attempt__draft").get(pk=turn_id)
    files = {**turn.before, **reply.change}
    _keep(turn.attempt, files, turn.attempt.draft.revision)


def drill_of(turn: BuildTurn) -> str:
    """What the drill in this turn's change broke, in its author's words; "" for none. To be told
    only of a change that was undone, or once all is handed in."""
    reply = Reply.from_json(turn.reply or {})
    spec = build_spec(graded_exercise(turn.attempt.version_id))
    drill = spec.milestone(reply.step).drill if reply.drill else None
    return drill.tells if drill else ""


def give_up(turn_id: UUID, trouble: Trouble) -> None:
    """Say why nothing came. It uses no turn."""
    rows = BuildTurn.objects.unscoped().filter(pk=turn_id, state=BuildTurnState.WAITING)
    rows.update(state=BuildTurnState.AWAY, trouble=trouble.value, decided_at=clock.now())
