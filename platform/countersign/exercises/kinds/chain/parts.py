"""What a chain's templates show of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer
from grader.kinds.chain.findings import MOST_FINDINGS

FIRST_ROWS = 2
"""Rows of a review that stand open; the others are one press away."""


def work(
    version: ExerciseVersion, answer: Answer, revealed: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """One part: everything typed, with as many rows of findings as may be handed in."""
    review = answer.fields.get("review")
    review = review if isinstance(review, Mapping) else {}
    said = review.get("findings", ())
    rows = [_row(number, said) for number in range(1, MOST_FINDINGS + 1)]
    decision = answer.fields.get("decision", "")
    return [
        {
            "type": "chain",
            "link": answer.fields.get("link", ""),
            "prompt": answer.fields.get("prompt", ""),
            "call": review.get("call", ""),
            "rows": rows[:FIRST_ROWS],
            "more": rows[FIRST_ROWS:],
            "findings": [row for row in rows if row["call"]],
            "ways": [
                {**way, "chosen": way["id"] == decision} for way in version.shown.get("ways", ())
            ],
            "verdict": revealed,
        }
    ]


def _row(number: int, said: Any) -> dict[str, Any]:
    given = said[number - 1] if isinstance(said, list) and number <= len(said) else {}
    given = given if isinstance(given, Mapping) else {}
    texts = {name: str(given.get(name, "")) for name in ("call", "expected", "why")}
    return {"number": number, **texts, "fields": {name: f"{name}-{number}" for name in texts}}
