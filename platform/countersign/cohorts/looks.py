"""Who looked at a learner's record or cohort: read from the audit trail, for the learner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Enrolment

MOST_ENTRIES = 500


@dataclass(frozen=True, kw_only=True)
class Look:
    """One person's looks on one day. ``at_cohort``: the overview of everyone, else this record."""

    who: str
    day: date
    at_cohort: bool
    times: int


def looks(enrolment: Enrolment) -> list[Look]:
    """Looks of others since the learner joined, the newest day first."""
    entries = _entries(enrolment)
    names = _names(entry.actor for entry in entries if entry.actor)
    counted = Counter(
        (entry.at.date(), names.get(entry.actor, ""), entry.action == audit.Action.COHORT_VIEWED)
        for entry in entries
    )
    return [
        Look(who=who, day=day, at_cohort=at_cohort, times=times)
        for (day, who, at_cohort), times in sorted(counted.items(), reverse=True)
    ]


def _entries(enrolment: Enrolment) -> list[audit.Entry]:
    cohort = Q(action=audit.Action.COHORT_VIEWED, thing=str(enrolment.cohort_id))
    record = Q(
        action=audit.Action.PERSON_VIEWED,
        organisation=enrolment.cohort.organisation_id,
        thing__in=[str(enrolment.pk), str(enrolment.learner_id)],
    )
    found = audit.Entry.objects.filter(cohort | record, at__gte=enrolment.joined_at)
    return list(found.exclude(actor=enrolment.learner_id).order_by("-at")[:MOST_ENTRIES])


def _names(actors: Iterable[UUID]) -> dict[UUID | None, str]:
    people = User.objects.filter(pk__in=set(actors))
    return {person.pk: person.display_name for person in people}
