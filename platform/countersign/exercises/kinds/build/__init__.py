"""The face of ``build``: the files at hand, as the session has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from countersign.exercises.kinds.code import FIELD, first_answer
from countersign.exercises.kinds.face import Face, typed
from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer

MOST_FILES = 20


def read(version: ExerciseVersion, post: QueryDict) -> Answer:
    """The files of the form. A session may add files, so their names are the form's; the grader
    refuses odd ones."""
    names = [name for name in post if name.startswith(FIELD)][:MOST_FILES]
    return Answer(files={name.removeprefix(FIELD): typed(post.get(name, "")) for name in names})


def work(
    version: ExerciseVersion, answer: Answer, revealed: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Each file with its field's name, the program first. ``evidence`` is the session that a
    verdict tells of, on the first of them."""
    program = version.shown["program"]
    given: dict[str, str] = version.shown["files"]
    names = sorted(answer.files or given, key=lambda name: (name != program, name))
    return [
        {
            "field": FIELD + name,
            "name": name,
            "text": answer.files.get(name, given.get(name, "")),
            "given": given.get(name, ""),
            "language": "python" if name.endswith(".py") else "text",
            "evidence": dict(revealed) if at == 0 else {},
        }
        for at, name in enumerate(names)
    ]


FACE = Face(
    label=_("Build exercise"),
    icon="layers",
    template="learn/kinds/build.html",
    first_answer=first_answer,
    read=read,
    work=work,
)
