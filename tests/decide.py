"""The small case that tests of deciding share."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from grader.exercise import load

FOLDER = Path(__file__).parent / "grader/exercises/limit-the-loans"

RIGHT = {
    "facts.late_a_month.value": "7.3",
    "facts.late_a_month.source": "D2, D5, D8",
    "facts.late_share.value": "19.3 %",
    "facts.late_share.source": "=100*(D2+D5+D8)/(C2+C5+C8)",
    "claims.growth.status": "holds",
    "claims.march.status": "wrong",
    "claims.march.evidence": "C8, D8",
    "claims.march.check": "=100 * D8 / C8",
    "claims.most.status": "holds",
    "claims.saws.status": "wrong",
    "claims.saws.evidence": "notes:2",
    "claims.reason.status": "cant_tell",
    "decision.choice": "limit",
    "decision.because": "Drills are late 7.3 times a month.",
    "decision.sure": "fairly",
}
"""Form fields of a memo that passes."""


def decide_files() -> dict[str, str]:
    """The case as its author's files, with an identity of its own."""
    files = dict(load(FOLDER).files)
    first, _, rest = files["exercise.yaml"].partition("\n")
    assert first.startswith("uuid:")
    files["exercise.yaml"] = f"uuid: {uuid4()}\n{rest}"
    return files
