"""Reads a memo from a form.

A number is ``facts.<id>.value`` with ``facts.<id>.source``; a claim ``claims.<id>.status``,
``.evidence`` and ``.check``; the rest is ``decision.choice``, ``.because``, ``.risk``,
``.change`` and ``.sure``.
"""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from countersign.exercises.kinds.face import typed
from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer

FACT = ("value", "source")
CLAIM = ("status", "evidence", "check")
DECISION = ("choice", "because", "risk", "change", "sure")


def first_answer(version: ExerciseVersion) -> Answer:
    """Nothing is marked or decided yet."""
    return Answer()


def read(version: ExerciseVersion, post: QueryDict) -> Answer:
    """What was filled in; what was left open is not in it."""
    fields = {
        "facts": _parts(version.shown["facts"], "facts", FACT, post),
        "claims": _parts(version.shown["claims"], "claims", CLAIM, post),
        "decision": _part("decision", DECISION, post),
    }
    return Answer(fields={name: part for name, part in fields.items() if part})


def _parts(
    asked: list[dict[str, Any]], group: str, names: tuple[str, ...], post: QueryDict
) -> dict[str, dict[str, str]]:
    found = {each["id"]: _part(f"{group}.{each['id']}", names, post) for each in asked}
    return {name: part for name, part in found.items() if part}


def _part(prefix: str, names: tuple[str, ...], post: QueryDict) -> dict[str, str]:
    given = {name: typed(post.get(f"{prefix}.{name}", "")).strip() for name in names}
    return {name: text for name, text in given.items() if text}
