"""The face of ``code``: one text for each file that the learner was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from countersign.exercises.kinds.face import Face, typed
from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer

FIELD = "file:"


def first_answer(version: ExerciseVersion) -> Answer:
    """The files as they are given to the learner, the program first."""
    return Answer(files=_given(version))


def read(version: ExerciseVersion, post: QueryDict) -> Answer:
    """The given files as they were edited. Other names are not read."""
    return Answer(
        files={
            path: typed(post.get(FIELD + path, ""))
            for path in _given(version)
            if FIELD + path in post
        }
    )


def work(
    version: ExerciseVersion, answer: Answer, revealed: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Each file with its field's name, its text now and the text it was given with."""
    return [
        {
            "field": FIELD + path,
            "name": path,
            "text": answer.files.get(path, given),
            "given": given,
            "language": "python" if path.endswith(".py") else "text",
        }
        for path, given in _given(version).items()
    ]


def _given(version: ExerciseVersion) -> dict[str, str]:
    files: dict[str, str] = version.shown.get("files", {})
    program = version.shown.get("program", "")
    return {path: files[path] for path in sorted(files, key=lambda path: (path != program, path))}


FACE = Face(
    label=_("Code exercise"),
    icon="code",
    template="learn/kinds/code.html",
    first_answer=first_answer,
    read=read,
    work=work,
)
