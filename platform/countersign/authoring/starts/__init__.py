"""The drafts that new exercises begin with: small, whole, and proven, with notes beside each key.

One text file per kind, in which ``=== path`` begins each file. A kind without one begins with
the keys that every exercise has; its checks say what is missing.
"""

from __future__ import annotations

from importlib.resources import files as resources
from uuid import UUID

from countersign.authoring.slices import with_value
from grader.kinds import KINDS

_MARK = "=== "
_BARE = """\
=== exercise.yaml
uuid: ""
title: A new exercise
kind: {kind}
skills: [read.trace]
minutes: 5
summary: Say in one line what the learner does.
hints:
  - Where should the learner look?
  - What should they think about?
  - Nearly the answer.
=== README.md
# A new exercise

Write here what the learner reads.
=== coach.md
The usual mistakes, and what must not be given away.
"""


def kinds() -> tuple[str, ...]:
    """Every kind that can be written, in the order of the table of kinds."""
    return tuple(KINDS)


def whole_kinds() -> tuple[str, ...]:
    """Those whose first draft is a whole exercise, not only the keys that all have."""
    return tuple(kind for kind in KINDS if resources(__name__).joinpath(f"{kind}.txt").is_file())


def start(kind: str, *, uuid: UUID) -> dict[str, str]:
    """The files of a first draft of this kind."""
    if kind not in KINDS:
        raise KeyError(kind)
    found = resources(__name__).joinpath(f"{kind}.txt")
    text = found.read_text("utf-8") if found.is_file() else _BARE.format(kind=kind)
    files = unbundled(text)
    return {**files, "exercise.yaml": with_value(files["exercise.yaml"], "uuid", str(uuid))}


def unbundled(text: str) -> dict[str, str]:
    """Files by path from one text in which ``=== path`` begins each of them."""
    files: dict[str, str] = {}
    path = ""
    for line in text.splitlines(keepends=True):
        if line.startswith(_MARK):
            path = line.removeprefix(_MARK).strip()
            files[path] = ""
        else:
            files[path] += line
    return files
