"""Whether Python can read a learner's file, and if not, why, in words for a beginner."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass

from grader.verdict import Problem

# Spaces that look like spaces and aren't, and marks that can't be seen, as pasted text has them.
_ODD_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2002\u2003\u2009\u3000"), " ")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"), None)

_REASONS: tuple[tuple[str, str], ...] = (
    (
        r"'(.)' was never closed",
        "The bracket {0} is opened and never closed. Count the brackets from here on.",
    ),
    (r"unmatched '(.)'", "There is a {0} without its opening bracket."),
    (
        r"closing parenthesis '(.)' does not match opening parenthesis '(.)'",
        "A {1} is closed by a {0}. Each bracket closes with its own kind.",
    ),
    (
        r"unterminated (?:f-)?string literal|EOL while scanning",
        "A text starts with a quote and doesn't end on the same line.",
    ),
    (r"unterminated triple-quoted", "A text in three quotes never ends."),
    (r"expected ':'", "A colon is missing at the end of the line."),
    (
        r"expected an indented block",
        "The line before ends with a colon, so this line has to start further right.",
    ),
    (
        r"unexpected indent",
        "This line starts further right than the one before, and nothing opened a block.",
    ),
    (
        r"unindent does not match",
        "This line starts between two levels. Line it up with one of the lines above.",
    ),
    (r"inconsistent use of tabs", "Tabs and spaces are mixed. Use four spaces for each level."),
    (
        r"Maybe you meant '==' or ':=' instead of '='|cannot assign to .* here",
        "One = gives a name a value. Two, ==, ask whether both sides are the same.",
    ),
    (
        r"cannot assign to|cannot delete",
        "The left side of = has to be a name, and this isn't one.",
    ),
    (r"Missing parentheses in call to '(\w+)'", "{0} needs round brackets around its values."),
    (r"perhaps you forgot a comma|Perhaps you forgot a comma", "A comma may be missing here."),
    (
        r"invalid character '(.)'",
        "The character {0} isn't one that Python uses. Type the plain one instead.",
    ),
    (r"invalid non-printable character", "There is a character here that can't be seen."),
    (
        r"invalid decimal literal|leading zeros",
        "A number or a name isn't written as Python expects. A name can't start with a digit.",
    ),
    (r"'return' outside function", "return stands outside a function. Is the line moved in?"),
    (r"'(break|continue)' (?:outside|not properly in) loop", "{0} stands outside a loop."),
    (r"(?:non-default|parameter without a default)", "Parameters with a value come last."),
    (
        r"positional argument follows keyword",
        "In a call the values without a name come first.",
    ),
    (r"expected 'except' or 'finally'", "A try needs an except below it."),
    (r"f-string", "The part in { } of this f-text isn't something Python can read."),
    (r"null bytes|unicode error|codec", "The file holds characters that Python can't read."),
    (
        r"recursion depth|too many statically nested|too many nested|too complex",
        "The code is nested too deeply.",
    ),
    (r"unexpected EOF|was never", "The file ends before the last part is finished."),
)
_USUAL = "Look for a missing bracket, quote or colon on this line or the one before."


@dataclass(frozen=True, kw_only=True)
class ReadFile:
    """A file that Python can read: its text as it will run, and its syntax tree."""

    text: str
    tree: ast.Module


def read_python(text: str, *, file: str) -> ReadFile | Problem:
    """The file's syntax tree, or what stops Python from reading it.

    A byte order mark goes. Spaces that only look like spaces become plain ones if the file
    can't be read otherwise, so that a pasted text keeps such spaces inside its quotes.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    read = _parsed(text, file)
    if isinstance(read, Problem):
        plain = _parsed(text.translate({**_ODD_SPACES, **_UNSEEN}), file)
        return plain if isinstance(plain, ReadFile) else read
    return read


def _parsed(text: str, file: str) -> ReadFile | Problem:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, filename=file)
            compile(text, file, "exec", dont_inherit=True)
    except SyntaxError as error:
        return _problem(error, file)
    except (ValueError, MemoryError, RecursionError, OverflowError) as error:
        return _unreadable(0, _reason(str(error) or "too complex"), file)
    return ReadFile(text=text, tree=tree)


def _problem(error: SyntaxError, file: str) -> Problem:
    return _unreadable(error.lineno or 0, _reason(error.msg or ""), file)


def _unreadable(line: int, reason: str, file: str) -> Problem:
    where = f"line {line}" if line else file
    return Problem(
        code="syntax_error", message=f"Python can't read {where}. {reason}", line=line, file=file
    )


def _reason(message: str) -> str:
    for pattern, words in _REASONS:
        found = re.search(pattern, message)
        if found:
            return words.format(*found.groups()) if found.groups() else words
    return _USUAL
