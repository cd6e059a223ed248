"""The sentences that the checks say to a learner, in one place.

They name what happened and never a hidden value.
"""

from __future__ import annotations

import re

from grader.sandbox.base import MISSING_FUNCTION, Raised

HIDDEN = "A hidden check of this rule didn't pass."
NOT_RUN = "This check didn't run, because the program had already stopped."
NEUTRAL = "This rule doesn't hold yet. Read it in the brief again and compare it with your code."

STOPPED = {
    "timed_out": "Your code was still running when its time was up, so we stopped it. "
    "A loop that never ends is the usual cause. Which line should end it?",
    "out_of_memory": "Your code asked for more memory than it may use, so we stopped it. "
    "A list that keeps growing is the usual cause. Where does yours grow?",
    "output_limit": "Your code printed more than we keep, so we stopped it. "
    "A print inside a loop that never ends is the usual cause.",
}
ENDED_EARLY = "Your code ended the whole program before it gave an answer. exit() does that."

# What the usual exceptions mean. The first group that matches the message, then the plain line.
_MEANINGS: tuple[tuple[str, str, str], ...] = (
    ("NameError", r"name 'true'|name 'false'|name 'none'", "Python writes True, False and None."),
    ("NameError", "", "The name has no value here. Check its spelling and where it is set."),
    (
        "UnboundLocalError",
        "",
        "The function uses this name before giving it a value. Is it set on every path?",
    ),
    (
        "TypeError",
        r"NoneType",
        "One value is None. A function without return gives None.",
    ),
    ("TypeError", r"positional argument|keyword argument", "Count what the function takes."),
    (
        "TypeError",
        r"can only concatenate|unsupported operand",
        "The two sides are of different kinds, such as text and a number.",
    ),
    (
        "TypeError",
        r"not callable",
        "Round brackets after a name call it, and this isn't a function.",
    ),
    ("TypeError", r"not subscriptable", "Square brackets don't work on this kind of value."),
    ("TypeError", "", "A value is of another kind than this line needs."),
    (
        "ValueError",
        r"invalid literal for int|could not convert string",
        "The text isn't a number that Python can read.",
    ),
    ("ValueError", r"unpack", "The number of names and the number of values differ."),
    ("ValueError", "", "The kind of value is right, but not this value."),
    ("IndexError", "", "The position is past the end. Positions count from 0."),
    ("KeyError", "", "The dictionary has no such key."),
    ("AttributeError", r"NoneType", "The value before the dot is None."),
    ("AttributeError", "", "The value before the dot has nothing of this name."),
    ("ZeroDivisionError", "", "Something is divided by 0. When can that happen?"),
    ("RecursionError", "", "The function calls itself without an end. When should it stop?"),
    ("ModuleNotFoundError", "", "There is no module of this name here."),
    ("ImportError", "", "The module has nothing of this name."),
    ("FileNotFoundError", "", "There is no file of this name here."),
    ("EOFError", "", "The program asks for more input than there is."),
    ("AssertionError", "", "An assert in your code doesn't hold."),
    ("IndentationError", "", "The line doesn't start where Python expects it."),
    ("SyntaxError", "", "Python can't read this line."),
)


def stop_of(raised: Raised, *, quote: bool) -> str:
    """One or two sentences about an exception. Without ``quote`` its own words stay out."""
    if raised.name == MISSING_FUNCTION:
        return raised.message
    name = raised.name if quote else builtin_name(raised)
    where = f" on line {raised.line}" if raised.line else ""
    own = f": {raised.message}" if quote and raised.message else ""
    return f"Your code stopped{where} with {name}{own}. {meaning(raised)}".rstrip()


def builtin_name(raised: Raised) -> str:
    """The exception's name as Python has it: a learner may have named their own after a value."""
    known = [each for each in raised.bases if each in _BUILTIN_ERRORS]
    return known[0] if known else "an error of its own"


def meaning(raised: Raised) -> str:
    """What such an exception usually means; empty if there is nothing general to say."""
    names = (raised.name, *raised.bases)
    for name in names:
        for known, pattern, words in _MEANINGS:
            if name == known and re.search(pattern, raised.message[:500]):
                return words
    return ""


_BUILTIN_ERRORS = frozenset(
    name
    for name, value in vars(__import__("builtins")).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)
