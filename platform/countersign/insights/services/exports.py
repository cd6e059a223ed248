"""Make tables for employers in the background, and hand them out under today's choices.

An export names nobody while it is stored: names, and whose row may be read at all, are asked when
it is downloaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.cohorts.models import Cohort, Sharing
from countersign.common import clock
from countersign.common.csv import Cell, Sheet
from countersign.events import outbox
from countersign.insights.events import ExportAsked
from countersign.insights.exports import GROUP, TABLES, Table
from countersign.insights.figures import DEFINITIONS
from countersign.insights.groups import Person
from countersign.insights.models import Export, ExportKind, ExportRows, ExportState
from countersign.insights.overview import Overview
from countersign.insights.services.employer import cohort_view

KEPT_FOR = timedelta(days=7)
AT_A_TIME = 50
"""So many people are written between two steps of the progress bar."""

INTENDED_USE = (
    "For helping people learn; not made for choosing whom to hire, promote or dismiss, "
    "and not exact enough for that."
)


class ExportClosed(Exception):
    """It isn't ready, or has run out."""


@transaction.atomic
def ask_for_export(cohort: Cohort, *, kind: ExportKind, practice: bool, actor: User) -> Export:
    """Have a table made. What has run out is thrown away."""
    Export.objects.unscoped().filter(expires_at__lte=clock.now()).delete()
    export: Export = Export.objects.create(
        cohort=cohort,
        asked_by=actor,
        kind=kind,
        practice=practice,
        expires_at=clock.now() + KEPT_FOR,
    )
    outbox.publish(ExportAsked(export=export.pk))
    return export


def make_export(export_id: UUID) -> None:
    """Write the rows. Running it twice changes nothing; the second finds it done.

    An exception is ours: the tray says so until a later try makes it good.
    """
    undone = Export.objects.unscoped().filter(pk=export_id).exclude(state=ExportState.DONE)
    export = undone.select_related("cohort").first()
    if export is None:
        return
    try:
        _write(export)
    except Exception:
        undone.update(state=ExportState.FAULT)
        raise


def _write(export: Export) -> None:
    view = cohort_view(export.cohort, practice=export.practice).overview
    table = TABLES[export.kind]
    rows = Export.objects.unscoped().filter(pk=export.pk)
    rows.update(state=ExportState.WAITING, done=0, total=len(view.named))
    export.people.all().delete()
    for at in range(0, len(view.named), AT_A_TIME):
        some = view.named[at : at + AT_A_TIME]
        ExportRows.objects.bulk_create(_of_person(export, table, view, person) for person in some)
        rows.update(done=at + len(some))
    rows.update(group=list(table.of_group(view)), state=ExportState.DONE, finished_at=clock.now())


def _of_person(export: Export, table: Table, view: Overview, person: Person) -> ExportRows:
    return ExportRows(
        export=export,
        enrolment_id=person.figures.enrolment,
        rows=list(table.of_person(person, view)),
    )


@dataclass(frozen=True)
class Preview:
    """What a file will hold, said before it is made."""

    kind: ExportKind
    columns: Sequence[str]
    people: int
    left_out: int


def previews(view: Overview) -> list[Preview]:
    """One for each kind."""
    return [
        Preview(kind, TABLES[kind].columns, len(view.named), view.private) for kind in ExportKind
    ]


def download(export: Export, *, viewer: User) -> Sheet:
    """The table under the choices that hold now. Kept in the audit log. Raises ExportClosed.

    If somebody whose row was written doesn't share any more, has left or was erased, the rows of
    the group are left out too: with them that one could be worked out.
    """
    if export.state != ExportState.DONE or export.expires_at <= clock.now():
        raise ExportClosed
    shared = list(
        export.people.filter(
            enrolment__cohort=export.cohort_id,
            enrolment__ended_at=None,
            enrolment__sharing__in=(Sharing.PROGRESS, Sharing.WORK),
        ).select_related("enrolment__learner")
    )
    _keep_looks(export, shared, viewer=viewer)
    lines = [
        [each.enrolment.learner.display_name, *cells] for each in shared for cells in each.rows
    ]
    if len(shared) == export.total:
        lines += [[GROUP, *cells] for cells in export.group]
    columns = TABLES[export.kind].columns
    return Sheet(columns, [*lines, *_foot(export, len(columns))])


def _keep_looks(export: Export, shared: Sequence[ExportRows], *, viewer: User) -> None:
    """A file with somebody's rows is a look at them, which they can see."""
    organisation = export.cohort.organisation_id
    audit.record(
        audit.Action.INSIGHTS_EXPORTED,
        actor=viewer,
        organisation=organisation,
        thing=export.cohort,
        kind=export.kind,
        people=len(shared),
    )
    for each in shared:
        audit.record(
            audit.Action.PERSON_VIEWED,
            actor=viewer,
            organisation=organisation,
            thing=each.enrolment,
            seen="progress",
            by="employer",
        )


def _foot(export: Export, width: int) -> Iterator[list[Cell]]:
    """What the figures are and aren't for, at the end, where no reader takes it for a column."""
    made: datetime = export.finished_at or export.asked_at
    practice = "included" if export.practice else "left out"
    how = f"definitions {DEFINITIONS}; practice model results {practice}"
    for line in (f"# {INTENDED_USE}", f"# Made {made:%Y-%m-%d %H:%M} UTC, {how}."):
        yield [line, *[None] * (width - 1)]
