"""Reads a prompt from a form.

Fields: ``prompt``; ``gap.<number>``; ``place.<sentence>``; ``choice`` and ``missing``. Every
variant may have ``prediction``, how many checks the learner expects to pass.
"""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from countersign.exercises.kinds.face import typed
from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer

TEXT, PREDICTION, CHOICE, MISSING = "prompt", "prediction", "choice", "missing"
GAP, PLACE = "gap.", "place."


def first_answer(version: ExerciseVersion) -> Answer:
    """Nothing is written yet, or the prompt that is to be edited."""
    program = version.shown["program"]
    given = version.shown.get("given") or {}
    return Answer(files={program: given.get("prompt", "")}) if program else Answer()


def read(version: ExerciseVersion, post: QueryDict) -> Answer:
    """What was written or chosen. Other fields are not read."""
    fields = _READERS.get(version.shown["variant"], _nothing)(version, post)
    predicted = _prediction(version, post)
    if predicted is not None:
        fields["prediction"] = predicted
    program = version.shown["program"]
    files = {program: typed(post.get(TEXT, ""))} if program else {}
    return Answer(files=files, fields=fields)


def _prediction(version: ExerciseVersion, post: QueryDict) -> int | None:
    number = _number(post.get(PREDICTION, ""))
    return number if number is not None and number <= version.shown["checks"] else None


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None


def _nothing(version: ExerciseVersion, post: QueryDict) -> dict[str, Any]:
    return {}


def _gaps(version: ExerciseVersion, post: QueryDict) -> dict[str, Any]:
    gaps = version.shown["faded"]["gaps"]
    return {"gaps": {gap: typed(post.get(GAP + gap, "")) for gap in gaps if GAP + gap in post}}


def _order(version: ExerciseVersion, post: QueryDict) -> dict[str, Any]:
    """The chosen sentences by their places; equal places in the order they are shown."""
    places = {
        at: _number(post.get(f"{PLACE}{at}", "")) for at in range(len(version.shown["sentences"]))
    }
    chosen = [(place, at) for at, place in places.items() if place is not None]
    return {"order": [at for _, at in sorted(chosen)]}


def _compared(version: ExerciseVersion, post: QueryDict) -> dict[str, Any]:
    known = [decision["id"] for decision in version.shown["decisions"]]
    marked = [name for name in known if name in post.getlist(MISSING)]
    choice = post.get(CHOICE, "")
    return {"missing": marked, **({"choice": choice} if choice in ("a", "b") else {})}


_READERS = {"faded": _gaps, "parsons": _order, "compare_two": _compared}
