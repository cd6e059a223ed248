"""Tell a whole cohort something, archive it, and keep who has read it."""

from __future__ import annotations

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Announcement, AnnouncementRead, Cohort, Enrolment
from countersign.common import clock
from countersign.common.text import storable

LONGEST_TITLE = 120
LONGEST_TEXT = 2000


class NothingToTell(ValueError):
    """A title or a text is missing, or longer than it may be."""


@transaction.atomic
def announce(*, cohort: Cohort, title: str, text: str, author: User) -> Announcement:
    """Tell everyone who has a place. Raises NothingToTell or UnstorableText."""
    title, text = storable(title.strip()), storable(text.strip())
    if not (0 < len(title) <= LONGEST_TITLE and 0 < len(text) <= LONGEST_TEXT):
        raise NothingToTell
    made = Announcement.objects.unscoped().create(
        cohort=cohort, title=title, text=text, author=author
    )
    audit.record(
        audit.Action.ANNOUNCED, actor=author, organisation=cohort.organisation_id, thing=made
    )
    found: Announcement = made
    return found


@transaction.atomic
def archive(announcement: Announcement, *, actor: User, archived: bool = True) -> bool:
    """Put it into the archive, or take it out again. False: it was there already."""
    rows = Announcement.objects.unscoped().filter(pk=announcement.pk, archived_at__isnull=archived)
    changed = rows.update(archived_at=clock.now() if archived else None)
    if changed:
        audit.record(
            audit.Action.ANNOUNCEMENT_ARCHIVED,
            actor=actor,
            organisation=announcement.cohort.organisation_id,
            thing=announcement,
            archived=archived,
        )
    return bool(changed)


def put_away(announcement: Announcement, *, learner: User) -> None:
    """The learner has read it. Doing it twice is the same as once."""
    places = Enrolment.objects.unscoped().of(learner).current()
    place = places.filter(cohort=announcement.cohort_id).first()
    if place is not None:
        AnnouncementRead.objects.get_or_create(announcement=announcement, enrolment=place)
