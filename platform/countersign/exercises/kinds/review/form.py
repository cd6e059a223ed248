"""Reads a review from a form.

Each comment has a slot, a number: ``c.<slot>.lines``, ``.category``, ``.severity``, ``.why``,
``.sure``, ``.test``, ``.fix``, ``.cut`` (the fix takes the lines out) and ``.remove``. Beside them
stand ``call`` and ``call.sure``, and ``ended`` from the button that asks for what was missed.
"""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict

from countersign.exercises.kinds.face import typed
from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer

MOST_SLOTS = 150
_SLOT = re.compile(r"^c\.(\d{1,3})\.lines$")
_SPAN = re.compile(r"^\s*(\d{1,6})\s*(?:[-–—]\s*(\d{1,6}))?\s*$")
_SAID = ("category", "severity", "sure")


def first_answer(version: ExerciseVersion) -> Answer:
    """Nothing is marked yet."""
    return Answer()


def read(version: ExerciseVersion, post: QueryDict) -> Answer:
    """The comments in the order of their slots, and the call. The same comment twice is one."""
    lines = version.shown["artefact"]["text"].split("\n")
    found = [_comment(post, slot, lines) for slot in _slots(post)]
    findings: list[dict[str, Any]] = []
    for comment in found:
        if comment and comment not in findings:
            findings.append(comment)
    fields: dict[str, Any] = {"findings": findings}
    fields |= {
        name: said
        for name, key in (("call", "call"), ("sure", "call.sure"))
        if (said := post.get(key, ""))
    }
    if post.get("ended") == "1":
        fields["ended"] = True
    return Answer(fields=fields)


def _slots(post: QueryDict) -> list[int]:
    numbers = {int(found[1]) for name in post if (found := _SLOT.match(name))}
    return sorted(numbers)[:MOST_SLOTS]


def _comment(post: QueryDict, slot: int, lines: list[str]) -> dict[str, Any] | None:
    """What a slot holds; None where it is empty or was taken out."""

    def field(name: str) -> str:
        return typed(post.get(f"c.{slot}.{name}", ""))

    said = field("lines").strip()
    if field("remove") or not (said or field("why").strip() or field("test").strip()):
        return None
    comment: dict[str, Any] = {"lines": said}
    comment |= {name: field(name) for name in _SAID if field(name)}
    comment |= {name: field(name).strip("\n") for name in ("why", "test") if field(name).strip()}
    fix = "" if field("cut") else field("fix").removesuffix("\n")
    if field("cut") or (fix.strip() and fix != _given(said, lines)):
        comment["fix"] = fix
    return comment


def _given(said: str, lines: list[str]) -> str:
    """The artefact's own text on these lines: a fix that is the same is none."""
    span = _SPAN.match(said)
    if not span:
        return ""
    first, last = sorted((int(span[1]), int(span[2] or span[1])))
    return "\n".join(lines[max(0, first - 1) : last])
