"""The employer's figures worked out once more, by hand from raw rows, in another way.

Knows nothing of ``countersign.insights``: rows are read with plain queries and added up in loops.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

QUERY = """
select e.id, a.started_at, s.received_at, r.score, r.status, v.exercise_id, v.aided, r.engine,
       w.verdict
from grading_result r
join submissions_submission s on s.id = r.submission_id
join submissions_attempt a on a.id = s.attempt_id
join cohorts_enrolment e on e.id = a.enrolment_id
join exercises_exerciseversion v on v.id = a.version_id
join grading_sealedverdict w on w.result_id = r.id
where e.cohort_id = %s and r.superseded_by_id is null and r.score is not null
order by s.received_at
"""


def rows(cohort: Any) -> list[dict[str, Any]]:
    """One a graded result, the oldest first."""
    named = ("who", "opened", "at", "score", "status", "exercise", "aided", "engine", "verdict")
    with connection.cursor() as cursor:
        cursor.execute(QUERY, [cohort._meta.pk.get_db_prep_value(cohort.pk, connection)])
        found = [dict(zip(named, row, strict=True)) for row in cursor.fetchall()]
    for row in found:
        if isinstance(row["verdict"], str):
            row["verdict"] = json.loads(row["verdict"])
        for name in ("opened", "at"):
            if isinstance(row[name], str):  # SQLite keeps moments as text, in UTC
                row[name] = datetime.fromisoformat(row[name])
            if row[name].tzinfo is None:
                row[name] = row[name].replace(tzinfo=UTC)
        row["review"] = row["verdict"]["details"].get("review")
    return found


def firsts(found: list[dict[str, Any]]) -> dict[Any, list[dict[str, Any]]]:
    """Each person's first try of each exercise, in order."""
    seen: set[tuple[Any, Any]] = set()
    by: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        key = (row["who"], row["exercise"])
        if key not in seen:
            seen.add(key)
            by[row["who"]].append(row)
    return by


def percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def share(reviews: list[dict[str, Any]], what: str) -> tuple[int, int]:
    """One of the five shares over reviews, as part and whole."""
    part = whole = 0
    for row in reviews:
        review = row["review"]
        signed = bool(review["call"]["given"])
        if what == "found":
            part, whole = part + review["hits"], whole + review["hits"] + review["misses"]
        elif what == "false_alarms":
            part += review["false_alarms"]
            whole += review["hits"] + review["false_alarms"]
        elif what == "bad_approved":
            part += review["bad_work_approved"]
            whole += signed and not review["clean"]
        elif what == "good_blocked":
            part += review["good_work_blocked"]
            whole += signed and review["clean"]
        elif what == "sure_wrong" and review["call"]["sure"] == "certain":
            part, whole = part + (not review["call"]["right"]), whole + 1
    return part, whole


def minutes_per_accepted(reviews: list[dict[str, Any]]) -> float | None:
    seconds = accepted = 0
    for row in reviews:
        took = row["at"] - row["opened"]
        seconds += round(min(took, timedelta(hours=1)).total_seconds())
        call = row["review"]["call"]
        accepted += call["given"] == "use" and row["review"]["clean"]
    return round(seconds / 60 / accepted, 1) if accepted else None
