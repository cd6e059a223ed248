"""Work out how an organisation's items behave, in the background, and read it stamped."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from countersign.accounts.models import User
from countersign.coaching.models import Appeal
from countersign.common import clock
from countersign.courses.models import ExercisePlace
from countersign.events import outbox
from countersign.exercises.models import ExerciseVersion
from countersign.grading.models import Result, SealedVerdict, SuspectedDefect
from countersign.insights.events import ItemsDue
from countersign.insights.items import HandIn, ItemFigures, item_figures, rest_scores
from countersign.insights.models import ItemAnalysis, ItemSnapshot
from countersign.insights.services.exercise_results import taught_versions
from countersign.organisations.models import Organisation
from countersign.organisations.permissions import Permission, organisation_ids, roles_with

EVERY = timedelta(minutes=10)
"""An organisation's items are worked out anew at most so often."""

LOOK_EVERY = 30.0
"""Seconds between the dispatcher's looks for what has changed."""

ALL = "all"
BATCH = 500


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """One counting result with what scopes it."""

    result: UUID
    hand_in: HandIn
    version: int
    cohort: UUID

    @property
    def scopes(self) -> tuple[str, str, str]:
        return ALL, of_version(self.version), of_cohort(self.cohort)


def of_version(number: int) -> str:
    return f"version:{number}"


def of_cohort(cohort: UUID) -> str:
    return f"cohort:{cohort}"


_looked_at: float | None = None


def look_for_due() -> int:
    """Ask for organisations with newer results than figures (the dispatcher's part). Answers how
    many were asked for."""
    global _looked_at  # noqa: PLW0603 -- each dispatcher process looks now and then
    if _looked_at is not None and time.monotonic() - _looked_at < LOOK_EVERY:
        return 0
    _looked_at = time.monotonic()
    return sum(ask_for(each) for each in _due(clock.now()))


def _due(now: datetime) -> list[Organisation]:
    """Those with a result that is newer than their figures, but not too soon after the last."""
    own = Result.objects.unscoped().filter(
        submission__attempt__enrolment__cohort__organisation=OuterRef("pk")
    )
    newer = own.filter(made_at__gt=OuterRef("item_analysis__computed_at"))
    changed = Exists(newer) | (Q(item_analysis__computed_at=None) & Exists(own))
    rested = Organisation.objects.exclude(item_analysis__asked_at__gt=now - EVERY)
    return list(rested.filter(changed))


@transaction.atomic
def ask_for(organisation: Organisation) -> bool:
    """Have an organisation's items worked out by whoever delivers events."""
    ItemAnalysis.objects.update_or_create(
        organisation=organisation, defaults={"asked_at": clock.now()}
    )
    outbox.publish(ItemsDue(organisation=organisation.pk))
    return True


def work_out(organisation: Organisation) -> int:
    """Write every item's figures anew. Running it twice gives the same. Answers how many rows."""
    now = clock.now()
    rows = [
        ItemSnapshot(organisation=organisation, exercise_id=exercise, scope=scope,
                     figures=figures.as_json(), computed_at=now)
        for (exercise, scope), figures in worked_out(organisation).items()
    ]  # fmt: skip
    with transaction.atomic():
        ItemAnalysis.objects.select_for_update().filter(organisation=organisation).first()
        ItemSnapshot.objects.unscoped().filter(organisation=organisation).delete()
        ItemSnapshot.objects.bulk_create(rows, batch_size=BATCH)
        ItemAnalysis.objects.update_or_create(
            organisation=organisation, defaults={"computed_at": now}
        )
    return len(rows)


def worked_out(organisation: Organisation) -> dict[tuple[UUID, str], ItemFigures]:
    """What the organisation's results come to now, by exercise and scope."""
    pieces = _pieces(organisation)
    rests = rest_scores(piece.hand_in for piece in pieces)
    appeals = _appeals(organisation)
    grouped: dict[tuple[UUID, str], list[HandIn]] = defaultdict(list)
    for piece in pieces:
        for scope in piece.scopes:
            grouped[piece.hand_in.exercise, scope].append(piece.hand_in)
    return {
        (exercise, scope): item_figures(
            found, rests=rests, appeals=appeals[exercise] if scope == ALL else 0
        )
        for (exercise, scope), found in grouped.items()
    }


def _pieces(organisation: Organisation) -> list[_Piece]:
    """Every counting result of its learners; what went wrong only with those that came first."""
    courses = _courses(organisation)
    found = [_piece(row, courses) for row in _rows(organisation)]
    return _with_troubles(found)


_FIELDS = (
    "pk",
    "score",
    "max_score",
    "status",
    "submission__received_at",
    "submission__attempt__started_at",
    "submission__attempt__version__exercise",
    "submission__attempt__version__number",
    "submission__attempt__enrolment__learner",
    "submission__attempt__enrolment__cohort",
    "hints",
)


def _rows(organisation: Organisation) -> Iterable[tuple[Any, ...]]:
    """Without the people who teach there: their own tries say nothing about an item."""
    teachers = organisation.memberships.filter(role__in=roles_with(Permission.TEACH))
    return (  # type: ignore[no-any-return]  # rows of values
        Result.objects.unscoped()
        .counting()
        .filter(submission__attempt__enrolment__cohort__organisation=organisation)
        .exclude(submission__attempt__enrolment__learner__in=teachers.values("user"))
        .annotate(hints=Count("submission__attempt__hints_taken"))
        .order_by("submission__received_at", "pk")
        .values_list(*_FIELDS)
    )


def _piece(row: Sequence[Any], courses: Mapping[UUID, UUID]) -> _Piece:
    pk, score, most, status, at, begun, exercise, version, learner, cohort, hints = row
    hand_in = HandIn(
        learner=learner,
        exercise=exercise,
        course=courses.get(exercise),
        at=at,
        score=None if score is None else round(100 * float(score / most), 1),
        passed=status == "passed",
        minutes=(at - begun).total_seconds() / 60,
        hints=hints,
    )
    return _Piece(result=pk, hand_in=hand_in, version=version, cohort=cohort)


def _courses(organisation: Organisation) -> dict[UUID, UUID]:
    """The course of each exercise in the releases of the organisation's cohorts, the newest."""
    releases = organisation.cohorts.values("release")
    places = ExercisePlace.objects.filter(lesson__module__course__release__in=releases)
    rows = places.order_by("lesson__module__course__release__number").values_list(
        "version__exercise", "lesson__module__course__uuid"
    )
    return dict(rows)


def _with_troubles(pieces: Sequence[_Piece]) -> list[_Piece]:
    """With what went wrong in the first of each learner, exercise and scope."""
    firsts: dict[tuple[object, ...], UUID] = {}
    for piece in pieces:
        for scope in piece.scopes:
            key = (piece.hand_in.learner, piece.hand_in.exercise, scope)
            firsts.setdefault(key, piece.result)
    troubles = _troubles(sorted(set(firsts.values())))
    return [
        replace(piece, hand_in=replace(piece.hand_in, **troubles[piece.result]))
        if piece.result in troubles
        else piece
        for piece in pieces
    ]


def _troubles(results: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """What sealed verdicts say that went wrong: words and keys, never values."""
    found: dict[UUID, dict[str, Any]] = {}
    for start in range(0, len(results), BATCH):
        rows = SealedVerdict.objects.filter(pk__in=results[start : start + BATCH])
        for result, verdict in rows.values_list("pk", "verdict"):
            found[result] = {"wrong": _wrong(verdict), "decisions": _decisions(verdict)}
    return found


def _wrong(verdict: Mapping[str, Any]) -> tuple[str, ...]:
    """As ``sort:words``: the problem that stopped it, rules that didn't hold, checks where there
    are no rules, and keys of the static layer's remarks."""
    problem = verdict.get("problem")
    rules = verdict.get("requirements") or ()
    missed = [f"rule:{each['says']}" for each in rules if each["passed"] < each["total"]]
    checks = () if rules else verdict.get("tests") or ()
    failed = [
        f"check:{each['title'] or each['id']}" for each in checks if each["status"] != "passed"
    ]
    remarks = [f"remark:{each['key']}" for each in verdict.get("remarks") or ()]
    return (*([f"problem:{problem['code']}"] if problem else ()), *missed, *failed, *remarks)


def _decisions(verdict: Mapping[str, Any]) -> dict[str, str]:
    decisions = (verdict.get("details") or {}).get("decisions") or ()
    return {each["about"]: each["cell"] for each in decisions if isinstance(each, dict)}


def _appeals(organisation: Organisation) -> Counter[UUID]:
    """How often learners said that they were misread, by exercise."""
    found: Counter[UUID] = Counter()
    for model, path in ((Appeal, "result__submission"), (SuspectedDefect, "submission")):
        cohort = {f"{path}__attempt__enrolment__cohort__organisation": organisation}
        rows = model.objects.unscoped().filter(**cohort)
        found.update(rows.values_list(f"{path}__attempt__version__exercise", flat=True))
    return found


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """One exercise of one's cohorts with its figures."""

    version: ExerciseVersion
    figures: ItemFigures


@dataclass(frozen=True, kw_only=True)
class Items:
    """An organisation's items as they were worked out; ``computed_at`` None before the first."""

    lines: Sequence[ItemLine]
    computed_at: datetime | None


def taught_organisations(viewer: User) -> list[Organisation]:
    """Whose items this person may look at."""
    ids = organisation_ids(viewer, Permission.TEACH)
    return list(Organisation.objects.filter(pk__in=ids).order_by("name"))


def items_of(organisation: Organisation, *, viewer: User) -> Items:
    """Every exercise of the viewer's cohorts that somebody of the organisation has tried."""
    rows = ItemSnapshot.objects.visible_to(viewer).filter(organisation=organisation, scope=ALL)
    known = {row.exercise_id: row.as_figures for row in rows}
    lines = [
        ItemLine(version=version, figures=known[version.exercise_id])
        for version in taught_versions(viewer)
        if version.exercise_id in known
    ]
    return Items(lines=lines, computed_at=computed_at(organisation))


def item_of(
    organisation: Organisation, exercise: UUID, *, viewer: User, scope: str = ALL
) -> ItemFigures | None:
    """One item in one scope; None where nobody has tried it there."""
    rows = ItemSnapshot.objects.visible_to(viewer).filter(
        organisation=organisation, exercise=exercise, scope=scope
    )
    found: ItemSnapshot | None = rows.first()
    return found.as_figures if found else None


def computed_at(organisation: Organisation) -> datetime | None:
    """When the organisation's items were last worked out."""
    found = ItemAnalysis.objects.filter(organisation=organisation).first()
    return found.computed_at if found else None
