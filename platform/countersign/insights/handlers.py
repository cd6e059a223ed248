"""What insights do when work was graded, or left out by its learner."""

from __future__ import annotations

from countersign.cohorts.models import Enrolment
from countersign.grading.events import SubmissionGraded
from countersign.insights.events import ExportAsked, ItemsDue
from countersign.insights.services import close_if_due, make_export, refresh_learner, work_out
from countersign.learning.events import EvidenceLeftOut
from countersign.organisations.models import Organisation


def refresh_snapshot(event: SubmissionGraded | EvidenceLeftOut) -> None:
    """Work this learner's figures out anew, and now and then those of the cohort's private group:
    the cost grows with the cohort only a few times a day."""
    enrolment = (
        Enrolment.objects.unscoped().filter(cohort=event.cohort, learner=event.learner).first()
    )
    if enrolment is not None:
        refresh_learner(enrolment)
        close_if_due(enrolment.cohort)


def work_out_items(event: ItemsDue) -> None:
    """Write the figures of an organisation's items anew."""
    organisation = Organisation.objects.filter(pk=event.organisation).first()
    if organisation is not None:
        work_out(organisation)


def write_export(event: ExportAsked) -> None:
    """Make the table that somebody asked for."""
    make_export(event.export)
