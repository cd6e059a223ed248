"""Reading what a confined process says: claims of a learner's, checked for form and capped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from grader.sandbox.base import MISSING_FUNCTION, Ended, Raised, Wire
from grader.sandbox.codec import Unreadable, check
from grader.sandbox.supervise.child import Stopped

_NAME, _MESSAGE, _FILE, _TRACEBACK, _MOST_BASES = 80, 1000, 120, 4000, 12


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A well-formed answer to one request."""

    ended: Ended
    value: Wire = None
    mutated: Wire = None
    raised: Raised | None = None
    missing: bool = False
    printed: bool = False  # and therefore waiting to be told to go on


def read(frame: Any) -> Answer:
    """The answer in a frame. Raises Stopped(DIED) for a frame that no child of ours would send."""
    try:
        return _read(frame)
    except (Unreadable, KeyError, TypeError, ValueError, AttributeError):
        raise Stopped(Ended.DIED) from None


def _read(frame: Any) -> Answer:
    return replace(_read_end(frame), printed=frame.get("printed") is True)


def _read_end(frame: Any) -> Answer:
    ended = frame["ended"]
    if ended == "returned":
        return Answer(
            ended=Ended.RETURNED,
            value=check(frame.get("value")),
            mutated=check(frame.get("mutated")),
        )
    if ended == "raised":
        return Answer(ended=Ended.RAISED, raised=_learners(raised_from(frame["raised"])))
    if ended == "missing":
        return Answer(ended=Ended.NOT_RUN, missing=True)
    if ended == "out_of_memory":
        return Answer(ended=Ended.OUT_OF_MEMORY)
    raise Unreadable("no such ending")


def _learners(raised: Raised) -> Raised:
    """A learner's exception under a name that is its own: ours tells of a missing function."""
    return replace(raised, name="Exception") if raised.name == MISSING_FUNCTION else raised


def raised_from(words: Any) -> Raised:
    """An exception from its words. Raises Unreadable, KeyError or TypeError if they are not."""
    bases, line = words["bases"], words["line"]
    if type(bases) is not list or type(line) is not int or not 0 <= line < 1 << 31:
        raise Unreadable("not an exception in words")
    return Raised(
        name=_text(words["name"], _NAME),
        bases=tuple(_text(base, _NAME) for base in bases[:_MOST_BASES]),
        message=_text(words["message"], _MESSAGE),
        file=_text(words["file"], _FILE),
        line=line,
        traceback=_text(words["traceback"], _TRACEBACK),
    )


def _text(words: Any, most: int) -> str:
    """Text that any database takes: no NUL, no lone surrogate."""
    if type(words) is not str:
        raise Unreadable("not text")
    clean = words[:most].encode("utf-8", "replace").decode("utf-8")
    return clean.replace("\x00", "␀")
