"""Count the people who don't share, now and then, so that no two looks differ by one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from countersign.cohorts.models import Cohort, Sharing
from countersign.common import clock
from countersign.insights.groups import FEWEST_PEOPLE
from countersign.insights.models import Closing, CountedFigures
from countersign.insights.services.snapshots import figures_of, refresh_learner

EVERY = timedelta(hours=6)

Stored = Mapping[UUID, Mapping[str, Any]]


def refresh(cohort: Cohort) -> int:
    """Work a whole cohort's figures out anew. Answers how many people it holds."""
    people = len([refresh_learner(enrolment) for enrolment in cohort.enrolments.all()])
    close(cohort)
    return people


def close_if_due(cohort: Cohort) -> bool:
    """Count the cohort's private people anew, unless that was a short while ago."""
    last = Closing.objects.filter(cohort=cohort).first()
    if last is not None and clock.now() - last.at < EVERY:
        return False
    return close(cohort)


@transaction.atomic
def close(cohort: Cohort) -> bool:
    """Count the cohort's private people anew. False where fewer than five differ since last time:
    the older figures stand then."""
    Cohort.objects.unscoped().select_for_update().get(pk=cohort.pk)  # one at a time
    found, last = _now(cohort), Closing.objects.filter(cohort=cohort).first()
    if _moved(found, _stored(cohort), people=last.people if last else 0) < FEWEST_PEOPLE:
        return False
    CountedFigures.objects.unscoped().filter(enrolment__cohort=cohort).delete()
    CountedFigures.objects.bulk_create(
        CountedFigures(enrolment_id=key, figures=figures) for key, figures in found.items()
    )
    Closing.objects.update_or_create(
        cohort=cohort, defaults={"at": clock.now(), "people": len(found)}
    )
    return True


def _now(cohort: Cohort) -> dict[UUID, dict[str, Any]]:
    """The figures of those who don't share their progress now."""
    private = list(cohort.enrolments.filter(ended_at=None, sharing=Sharing.PARTICIPATION))
    known = figures_of(private)
    return {place.pk: known[str(place.pk)].as_json() for place in private}


def _stored(cohort: Cohort) -> dict[UUID, dict[str, Any]]:
    rows = CountedFigures.objects.unscoped().filter(enrolment__cohort=cohort)
    return dict(rows.values_list("enrolment", "figures"))


def _moved(found: Stored, stored: Stored, *, people: int) -> int:
    """How many joined, went, or have other figures. Rows go with the people who were erased."""
    erased = people - len(stored)
    either = found.keys() | stored.keys()
    return erased + sum(found.get(key) != stored.get(key) for key in either)
