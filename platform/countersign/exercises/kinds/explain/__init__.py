"""The face of ``explain``: code to read, an explanation, and what the code gives.

Fields: ``explanation`` and ``predict.<id>``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from countersign.exercises.kinds.face import Face, typed
from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer

TEXT, PREDICT = "explanation", "predict."


def first_answer(version: ExerciseVersion) -> Answer:
    """Nothing is said yet."""
    return Answer()


def read(version: ExerciseVersion, post: QueryDict) -> Answer:
    """The explanation and the predictions. Other fields are not read."""
    predictions = {
        each["id"]: text
        for each in version.shown["predict"]
        if (text := typed(post.get(PREDICT + each["id"], "")).strip())
    }
    fields = {TEXT: typed(post.get(TEXT, "")), "predictions": predictions}
    return Answer(fields={name: value for name, value in fields.items() if value})


def work(
    version: ExerciseVersion, answer: Answer, revealed: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """One part: the explanation with the questions. ``evidence`` is what the verdict shows."""
    given = answer.fields.get("predictions")
    said = given if isinstance(given, Mapping) else {}
    return [
        {
            "type": "explanation",
            "name": _("Your explanation"),
            "field": TEXT,
            "text": answer.fields.get(TEXT, ""),
            "given": "",
            "language": "text",
            "code": version.shown["code"],
            "predict": [
                {**each, "field": PREDICT + each["id"], "typed": said.get(each["id"], "")}
                for each in version.shown["predict"]
            ],
            "evidence": dict(revealed),
        }
    ]


FACE = Face(
    label=_("Explain exercise"),
    icon="book-open",
    template="learn/kinds/explain.html",
    first_answer=first_answer,
    read=read,
    work=work,
)
