"""The one gate that every authored or built sentence passes on its way to a learner."""

from __future__ import annotations

import re

from grader.authored.exercise import Exercise
from grader.checks.hidden import leaks
from grader.checks.words import NEUTRAL

_LINE = re.compile(r"\bline \d+")


def guarded(exercise: Exercise, text: str) -> str:
    """The text, or a neutral one where it would give away what only hidden checks know.

    A line number of the learner's own file is no secret.
    """
    return NEUTRAL if given_away(exercise, text) else text


def given_away(exercise: Exercise, text: str) -> tuple[str, ...]:
    """What of the hidden checks the text quotes."""
    return leaks(_LINE.sub("", text), exercise.hidden_texts, exercise.known_text)
