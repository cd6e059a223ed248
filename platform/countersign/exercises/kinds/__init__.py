"""The table of faces: how each kind of exercise meets a learner.

Judging a kind is ``grader/kinds/<kind>/``; its face is here. To add a kind, write both and name
them in both tables.
"""

from __future__ import annotations

from collections.abc import Mapping

from countersign.exercises.kinds.build import FACE as BUILD
from countersign.exercises.kinds.chain import FACE as CHAIN
from countersign.exercises.kinds.code import FACE as CODE
from countersign.exercises.kinds.decide import FACE as DECIDE
from countersign.exercises.kinds.explain import FACE as EXPLAIN
from countersign.exercises.kinds.face import AnswerTooLarge, Face
from countersign.exercises.kinds.prompt import FACE as PROMPT
from countersign.exercises.kinds.quiz import FACE as QUIZ
from countersign.exercises.kinds.review import FACE as REVIEW
from countersign.exercises.kinds.test import FACE as TEST
from countersign.exercises.models import ExerciseVersion

__all__ = ["FACES", "AnswerTooLarge", "Face", "face_of"]

FACES: Mapping[str, Face] = {
    "build": BUILD,
    "chain": CHAIN,
    "code": CODE,
    "decide": DECIDE,
    "explain": EXPLAIN,
    "prompt": PROMPT,
    "quiz": QUIZ,
    "review": REVIEW,
    "test": TEST,
}


def face_of(version: ExerciseVersion) -> Face:
    """The face of this version's kind."""
    return FACES[version.kind]
