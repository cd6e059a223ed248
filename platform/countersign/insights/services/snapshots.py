"""Each learner's figures: written after each result, compared on demand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from countersign.cohorts.models import Enrolment
from countersign.common import clock
from countersign.courses.models import Skill
from countersign.exercises.models import ExerciseVersion
from countersign.grading.models import Result
from countersign.insights.figures import PersonFigures, person_figures
from countersign.insights.models import Snapshot
from countersign.insights.services.judged import judged_tries
from countersign.learning import services as learning
from countersign.learning.services.sharing import left_out
from countersign.submissions.models import COUNTED, Submission


def refresh_learner(enrolment: Enrolment) -> Snapshot:
    """Work a learner's figures out anew. Running it twice changes nothing."""
    snapshot, _ = Snapshot.objects.unscoped().update_or_create(
        enrolment=enrolment,
        defaults={"figures": worked_out(enrolment).as_json(), "computed_at": clock.now()},
    )
    found: Snapshot = snapshot
    return found


def worked_out(enrolment: Enrolment) -> PersonFigures:
    """The figures that this learner's results come to now."""
    arrivals = list(
        Submission.objects.unscoped()
        .filter(attempt__enrolment=enrolment)
        .values_list("received_at", "state")
    )
    hidden = left_out(enrolment)
    work = learning.graded_work(enrolment)
    return person_figures(
        enrolment.pk,
        work,
        handed_in=[at for at, _ in arrivals],
        tries=sum(state in COUNTED for _, state in arrivals),
        competencies=dict(Skill.objects.values_list("pk", "competency")),
        left_out=hidden,
        judged=judged_tries(enrolment, left_out=hidden),
        memos=_memos(piece.exercise for piece in work),
    )


def _memos(exercises: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the exercises that ask for a decision memo."""
    asked = ExerciseVersion.objects.filter(kind="decide", exercise__in=list(exercises))
    return frozenset(asked.values_list("exercise", flat=True))


def differences(enrolment: Enrolment) -> bool:
    """Whether the stored figures differ from a recomputation. Changes nothing."""
    stored = Snapshot.objects.unscoped().filter(enrolment=enrolment).first()
    found = worked_out(enrolment)
    empty = PersonFigures(enrolment=found.enrolment).as_json()
    return (stored.figures if stored else empty) != found.as_json()


def figures_of(enrolments: Sequence[Enrolment]) -> dict[str, PersonFigures]:
    """Everyone's figures by enrolment.

    Somebody with graded work and no row yet (their event is still on its way), or with a row by
    older definitions, is worked out on the spot; somebody without graded work has figures of zero.
    """
    places = {place.pk: place for place in enrolments}
    rows = Snapshot.objects.unscoped().filter(enrolment__in=places)
    known = {row.pk: row.as_figures for row in rows if row.is_current}
    missing = [key for key in places if key not in known]
    for key in _with_graded_work(missing):
        known[key] = worked_out(places[key])
    return {str(key): known.get(key, PersonFigures(enrolment=str(key))) for key in places}


def _with_graded_work(enrolments: Sequence[UUID]) -> Iterable[UUID]:
    graded = Result.objects.unscoped().filter(submission__attempt__enrolment__in=enrolments)
    found: Iterable[UUID] = (
        graded.values_list("submission__attempt__enrolment", flat=True).distinct().order_by()
    )
    return found
