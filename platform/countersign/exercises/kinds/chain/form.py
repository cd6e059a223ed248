"""From a chain's form to what is typed there. A form holds the link that is open, and no other."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from countersign.exercises.kinds.face import typed
from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer
from grader.kinds.chain.findings import MOST_FINDINGS


def first_answer(version: ExerciseVersion) -> Answer:
    del version
    return Answer()


def read(version: ExerciseVersion, post: QueryDict) -> Answer:
    """``link`` names the link; the fields are those of all three, empty where not typed."""
    del version
    return Answer(
        fields={
            "link": post.get("link", ""),
            "prompt": typed(post.get("prompt", "")),
            "review": {"call": post.get("call", ""), "findings": _findings(post)},
            "decision": post.get("decision", ""),
        }
    )


def _findings(post: QueryDict) -> list[dict[str, Any]]:
    """The rows of the review in which something was typed."""
    rows = [
        {name: typed(post.get(f"{name}-{at}", "")).strip() for name in ("call", "expected", "why")}
        for at in range(1, MOST_FINDINGS + 1)
    ]
    return [row for row in rows if any(row.values())]
