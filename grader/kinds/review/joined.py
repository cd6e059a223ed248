"""A review with one more defect in its key: one that a learner found and an author accepted."""

from __future__ import annotations

import json
from typing import Any

from grader.authored.exercise import Exercise
from grader.authored.marked_yaml import read_yaml
from grader.checks.listing import Span, lines_of, read_span
from grader.exercise import from_files
from grader.kinds.review.judge import spec_of

FOUND_LATER = "Found by a learner."


def with_defect(
    exercise: Exercise, *, name: str, lines: str, category: str, severity: str, explain: str
) -> Exercise:
    """The exercise whose key knows this defect too. Decoys on its lines are no longer decoys, and
    an item that was clean isn't any more.

    Nobody has corrected it, so it is scored without the evidence step. Raises ExerciseError where
    its lines belong to another defect or aren't there.
    """
    spec = spec_of(exercise)
    text = lines_of(spec.text(exercise.files))
    span = read_span(lines) or Span(first=0, last=0)
    key: dict[str, Any] = dict(read_yaml(exercise.files["exercise.yaml"], file="").value)
    runs = spec.artefact.type in ("code", "diff", "tests")
    defect = {
        "id": name,
        "lines": str(span),
        "category": category or "logic",
        "severity": severity or "minor",
        "explain": explain or FOUND_LATER,
        "corrected": "\n".join(text[max(0, span.first - 1) : span.last]),
        "witness": {"reason": "style" if runs else "source"},
    }
    key["defects"] = [*key.get("defects", []), defect]
    key["decoys"] = [each for each in key.get("decoys", []) if not _touches(each, span)]
    if spec.is_clean:
        key["calls"] = ["use", "fix"] if defect["severity"] == "minor" else ["fix"]
    return from_files({**exercise.files, "exercise.yaml": json.dumps(key, ensure_ascii=False)})


def _touches(decoy: dict[str, Any], span: Span) -> bool:
    own = read_span(decoy["lines"])
    return own is not None and own.touches(span)
