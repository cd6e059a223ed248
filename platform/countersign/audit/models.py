"""Who did what to what. Rows are written once; the database refuses changes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models

from countersign.common import clock
from countersign.common.immutable import WrittenOnce


class Action(models.TextChoices):
    """Everything that leaves a row, with the words a person reads."""

    SIGNED_IN = "signed_in", "Signed in"
    SIGN_IN_REFUSED = "sign_in_refused", "Sign-in refused"
    SIGNED_OUT = "signed_out", "Signed out"
    PASSWORD_CHANGED = "password_changed", "Password changed"
    ADDRESS_CHANGED = "address_changed", "E-mail address changed"
    SECOND_FACTOR_ADDED = "second_factor_added", "Second factor added"
    SECOND_FACTOR_REMOVED = "second_factor_removed", "Second factor removed"
    ROLE_GIVEN = "role_given", "Role given"
    ROLE_TAKEN = "role_taken", "Role taken away"
    ORGANISATION_MADE = "organisation_made", "Organisation made"
    COHORT_MADE = "cohort_made", "Cohort made"
    INVITATION_MADE = "invitation_made", "Invitation made"
    INVITATION_REVOKED = "invitation_revoked", "Invitation withdrawn"
    COHORT_JOINED = "cohort_joined", "Joined a cohort"
    ENROLMENT_ENDED = "enrolment_ended", "Left a cohort"
    SHARING_CHOSEN = "sharing_chosen", "Chose what to share"
    PERSON_VIEWED = "person_viewed", "Looked at a person's record"
    COHORT_VIEWED = "cohort_viewed", "Looked at a cohort's overview"
    ROSTER_EXPORTED = "roster_exported", "Took a roster away as a file"
    INSIGHTS_EXPORTED = "insights_exported", "Took an employer’s figures away as a file"
    TARGETS_SET = "targets_set", "Set targets for a cohort"
    PRACTICE_ASSIGNED = "practice_assigned", "Suggested practice to a learner"
    SUBMISSION_RECEIVED = "submission_received", "Work handed in"
    SUBMISSION_CANCELLED = "submission_cancelled", "Run stopped by the learner"
    RUN_QUARANTINED = "run_quarantined", "Run set aside after repeated faults"
    RUN_AGAIN_ASKED = "run_again_asked", "Run again after our fault"
    REGRADE_ASKED = "regrade_asked", "Regrade asked for"
    REGRADE_CANCELLED = "regrade_cancelled", "Dry run of a regrade cancelled"
    REGRADE_DECIDED = "regrade_decided", "Regrade decided"
    REGRADE_UNDONE = "regrade_undone", "Regrade undone"
    RELEASE_MADE = "release_made", "Curriculum release made"
    API_TOKEN_MADE = "api_token_made", "API token made"
    API_TOKEN_REVOKED = "api_token_revoked", "API token withdrawn"
    CREDENTIAL_ISSUED = "credential_issued", "Certificate issued"
    CREDENTIAL_WITHDRAWN = "credential_withdrawn", "Certificate withdrawn"
    MODEL_ACCESS_CHANGED = "model_access_changed", "Model access changed"
    COMMENT_WRITTEN = "comment_written", "Comment on work written"
    COMMENT_TEXT_CHANGED = "comment_text_changed", "Comment text changed"
    CONTEST_DECIDED = "contest_decided", "Contested feedback decided"
    APPEAL_MADE = "appeal_made", "Said that their words were misread"
    APPEAL_ANSWERED = "appeal_answered", "Answered an appeal"
    TRIED_OUT = "tried_out", "Tried a part of the site out"
    MEMO_MARKED = "memo_marked", "Reasons of a memo marked"
    MEMO_UNMARKED = "memo_unmarked", "Marks of a memo taken back"
    COMMENT_WITHDRAWN = "comment_withdrawn", "Comment on work withdrawn"
    COMMENT_KEPT = "comment_kept", "Comment added to the library"
    ENROLMENT_REOPENED = "enrolment_reopened", "Place opened again"
    ENROLMENT_MOVED = "enrolment_moved", "Moved to another cohort"
    PEOPLE_INVITED = "people_invited", "People invited by e-mail"
    ANNOUNCED = "announced", "Announcement made"
    ANNOUNCEMENT_ARCHIVED = "announcement_archived", "Announcement archived"
    ERASURE_ASKED = "erasure_asked", "Erasure of an account asked for"
    ERASURE_TAKEN_BACK = "erasure_taken_back", "Erasure taken back"
    ERASED = "erased", "Erased a person's account and rows"
    EXERCISE_BEGUN = "exercise_begun", "Exercise begun"
    EXERCISE_PUBLISHED = "exercise_published", "Exercise published"
    EXERCISES_IMPORTED = "exercises_imported", "Exercises brought in as a file"
    EXERCISES_EXPORTED = "exercises_exported", "Exercises taken away as a file"
    COHORT_MOVED = "cohort_moved", "Cohort moved to another release"
    ACCESS_REFUSED = "access_refused", "Access refused"


def acts() -> list[tuple[str, str]]:
    """The choices, as a function: a new act needs no migration."""
    return list(Action.choices)


class Entry(models.Model):
    """One act. ``actor`` and ``thing`` are ids without a foreign key: the row outlives both."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=clock.now, db_index=True)
    action = models.CharField(max_length=40, choices=acts)
    actor = models.UUIDField(null=True)
    organisation = models.UUIDField(null=True)
    thing_kind = models.CharField(max_length=40, blank=True)
    thing = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-at"], name="audit_by_organisation"),
            models.Index(fields=["thing_kind", "thing", "-at"], name="audit_by_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_action_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise WrittenOnce("An audit entry can't be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise WrittenOnce("An audit entry can't be deleted.")


def record(
    action: Action,
    *,
    actor: Any = None,
    organisation: UUID | None = None,
    thing: models.Model | None = None,
    **details: Any,
) -> Entry:
    """Write one entry, in the transaction of the act itself. Details hold ids and words only."""
    return Entry.objects.create(
        action=action,
        actor=getattr(actor, "pk", None),
        organisation=organisation,
        thing_kind=thing._meta.model_name or "" if thing is not None else "",
        thing=str(thing.pk) if thing is not None else "",
        details=details,
    )
