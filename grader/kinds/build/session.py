"""A session as it is handed in: turn by turn, and what each left in the files.

An answer's ``fields["turns"]`` lists them. The site keeps them itself and writes them there; stored
answers and programs may leave out what the practice partner would say, and it is played again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.kinds.build.partner import Reply, Standing, after, replied
from grader.practice import ENGINE

MOST_LOGGED = 80
LARGEST_SESSION = 64 * 1024  # bytes of all files at one moment
DECIDED = ("accepted", "undone", "taken_back")
OPEN = "open"


class SessionUnreadable(Exception):
    """The turns of an answer aren't a session."""


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A check that was run before a change was decided on. ``held`` is None where nobody said:
    then it is found out anew."""

    id: str
    title: str = ""
    held: bool | None = None

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "held": self.held}


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One turn as it is logged. ``ask`` is empty for a learner's own edit.

    ``did`` is accepted, undone, taken_back (accepted first) or open. ``edited`` maps path to the
    text that was accepted, where it isn't the one that was proposed. ``engine`` says who wrote the
    change. ``reply`` is None where the practice partner is to be asked again.
    """

    ask: str = ""
    did: str = OPEN
    engine: str = ENGINE
    reply: Reply | None = None
    edited: Mapping[str, str] = field(default_factory=dict)
    ran: tuple[Ran, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "ask": self.ask,
            "did": self.did,
            "engine": self.engine,
            "reply": self.reply.as_json() if self.reply else None,
            "edited": dict(self.edited),
            "ran": [each.as_json() for each in self.ran],
        }


@dataclass(frozen=True, kw_only=True)
class Played:
    """A turn and the files around it: ``before``, as ``proposed``, and ``accepted``, which is
    ``before`` again where the change was undone at once. ``kept`` is what the next turn met."""

    number: int
    turn: Turn
    reply: Reply
    before: Mapping[str, str]
    proposed: Mapping[str, str]
    accepted: Mapping[str, str]
    kept: Mapping[str, str]

    @property
    def was_accepted(self) -> bool:
        return self.turn.did in ("accepted", "taken_back")


def turns_of(answer: Answer) -> tuple[Turn, ...]:
    """The logged turns of an answer. Raises SessionUnreadable."""
    logged = answer.fields.get("turns", [])
    if not isinstance(logged, list) or len(logged) > MOST_LOGGED:
        raise SessionUnreadable
    try:
        return tuple(_turn(each) for each in logged)
    except (AttributeError, TypeError, ValueError) as fault:
        raise SessionUnreadable from fault


def _turn(value: Mapping[str, Any]) -> Turn:
    ask, did = value.get("ask", ""), value.get("did", OPEN)
    edited = value.get("edited") or {}
    engine = value.get("engine") or ENGINE
    texts = [ask, did, engine, *edited.keys(), *edited.values()]
    if not all(isinstance(each, str) for each in texts) or did not in (*DECIDED, OPEN):
        raise TypeError("a turn holds texts")
    reply = value.get("reply")
    return Turn(
        ask=ask,
        did=did,
        engine=engine,
        reply=Reply.from_json(reply) if reply is not None else None,
        edited=dict(edited),
        ran=tuple(_ran(each) for each in value.get("ran", [])),
    )


def _ran(value: object) -> Ran:
    if isinstance(value, str):
        return Ran(id=value)
    if not isinstance(value, Mapping) or not isinstance(value.get("id"), str):
        raise TypeError("a check that was run has an id")
    held = value.get("held")
    return Ran(
        id=value["id"], title=str(value.get("title", "")), held=held if held is None else bool(held)
    )


def played(exercise: Exercise, turns: Sequence[Turn]) -> Iterator[Played]:
    """Each turn with the files around it, from the starter on."""
    files: Mapping[str, str] = exercise.folder("starter")
    standing = Standing()
    for number, turn in enumerate(turns, start=1):
        reply = _reply(exercise, turn, standing, files)
        one = _one(number, turn, reply, files)
        yield one
        files = one.kept
        if reply.change and turn.did != OPEN:
            standing = after(standing, reply, accepted=turn.did == "accepted")


def _reply(exercise: Exercise, turn: Turn, standing: Standing, files: Mapping[str, str]) -> Reply:
    if turn.reply is not None:
        return turn.reply
    if not turn.ask:
        return Reply(says="")
    return replied(exercise, turn.ask, standing=standing, files=files)


def _one(number: int, turn: Turn, reply: Reply, before: Mapping[str, str]) -> Played:
    proposed = {**before, **reply.change}
    accepted = before if turn.did == "undone" else {**proposed, **turn.edited}
    return Played(
        number=number,
        turn=turn,
        reply=reply,
        before=before,
        proposed=proposed,
        accepted=accepted,
        kept=before if turn.did in ("undone", "taken_back") else accepted,
    )


def changes(session: Sequence[Played]) -> int:
    """How many of a session's turns brought a change: what the cap counts."""
    return sum(bool(each.turn.ask and each.reply.change) for each in session)


def standing_of(session: Sequence[Played]) -> Standing:
    """What the practice partner knows of the files after these turns."""
    standing = Standing()
    for each in session:
        if each.reply.change and each.turn.did != OPEN:
            standing = after(standing, each.reply, accepted=each.turn.did == "accepted")
    return standing
