"""What becomes of each row and each field when a person is erased.

A test compares this with the models: a new kind of row or field has no fate until it is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Stays(StrEnum):
    """Why a field of a row that stays may stay."""

    NOBODY = "says nothing about a person"
    FREED = "pointed to the person and is emptied"
    CLEARED = "was the person's own where the row is about them, and is emptied there"
    ALIAS = "an id that leads to nobody once the account is gone"
    ENDED = "belongs to a signed-in browser, and is deleted with the person's sessions"


def _row(
    *nobody: str,
    freed: tuple[str, ...] = (),
    cleared: tuple[str, ...] = (),
    alias: tuple[str, ...] = (),
) -> dict[str, Stays]:
    return (
        dict.fromkeys(nobody, Stays.NOBODY)
        | dict.fromkeys(freed, Stays.FREED)
        | dict.fromkeys(cleared, Stays.CLEARED)
        | dict.fromkeys(alias, Stays.ALIAS)
    )


GOES = frozenset(
    {
        "account.EmailAddress", "account.EmailConfirmation", "accounts.ApiToken",
        "accounts.ErasureRequest", "accounts.User", "coaching.Appeal", "coaching.Feedback",
        "coaching.HintTaken", "coaching.InstructorComment", "coaching.Turn",
        "cohorts.AnnouncementRead", "cohorts.Enrolment", "cohorts.SharingChoice",
        "credentials.Credential",
        "grading.MarkedMemo", "grading.Probe", "grading.Result", "grading.RubricMark",
        "grading.Run", "grading.SealedVerdict", "grading.SuspectedDefect",
        "grading.TrialVerdict", "insights.Assignment", "insights.CountedFigures",
        "insights.Export", "insights.ExportRows", "insights.Snapshot",
        "learning.Evidence", "learning.LeftOut", "learning.Sitting", "mfa.Authenticator",
        "organisations.Membership", "regrades.Entry", "submissions.Attempt",
        "submissions.BuildTurn", "submissions.ChainStep", "submissions.CheckRun",
        "submissions.Draft",
        "submissions.Notice", "submissions.Submission", "usersessions.UserSession",
    }
)  # fmt: skip
"""Rows that hang from a person and go with the account, whatever fields they have."""

STAYS: Mapping[str, Mapping[str, Stays]] = {
    "audit.Entry": _row("id", "at", "action", "organisation", "thing_kind", "details",
                        alias=("actor", "thing")),
    "auth.Group": _row("id", "name"),
    "auth.Permission": _row("id", "name", "content_type", "codename"),
    "authoring.Checking": _row("id", "manuscript", "number", "files", "content_hash", "state",
                               "done", "total", "report", "problems", "notes", "claims", "lease",
                               "lease_until", "asked_at", "began_at", "ended_at", "why",
                               freed=("asked_by",)),
    "authoring.CoursePlan": _row("id", "organisation", "slug", "title", "summary", "most_tries",
                                 "gives_hints", "outline", "edition", "made_at", "saved_at"),
    "authoring.Manuscript": _row("id", "organisation", "exercise", "slug", "kind", "title",
                                 "made_at", freed=("made_by",)),
    "authoring.Revision": _row("id", "manuscript", "number", "files", "content_hash", "begun_at",
                               "saved_at", "settled", "aside", "note", "published", freed=("by",)),
    "coaching.CommentText": _row("id", "organisation", "key", "text", "changed_at"),
    "coaching.LibraryComment": _row("id", "organisation", "key", "kind", "text", "changed_at",
                                    "retired_at", freed=("changed_by",)),
    "cohorts.Announcement": _row("id", "cohort", "title", "text", "made_at", "archived_at",
                                 freed=("author",)),
    "cohorts.Cohort": _row("id", "organisation", "name", "release", "starts_on", "ends_on",
                           "made_at"),
    "cohorts.Invitation": _row("id", "cohort", "digest", "made_at", "expires_at", "most_uses",
                               "uses", "revoked_at", "sent_at", freed=("made_by",),
                               cleared=("email", "name")),
    "contenttypes.ContentType": _row("id", "app_label", "model"),
    "courses.Course": _row("id", "release", "uuid", "slug", "title", "summary", "needs",
                           "minutes", "starts_from_zero", "skills", "position", "most_tries",
                           "gives_hints"),
    "courses.ExercisePlace": _row("id", "lesson", "version", "slug", "position"),
    "courses.Lesson": _row("id", "module", "uuid", "slug", "title", "minutes", "skills", "needs",
                           "body", "position"),
    "courses.Module": _row("id", "course", "uuid", "slug", "title", "summary", "position",
                           "opens_after", "waits_for_the_last"),
    "courses.Release": _row("id", "organisation", "number", "content_hash", "git_sha", "made_at"),
    "courses.Skill": _row("id", "competency", "title", "evidence", "position"),
    "courses.SkillCheck": _row("id", "release", "uuid", "slug", "title", "summary", "minutes",
                               "before", "after"),
    "credentials.SigningKey": _row("kid", "public", "sealed", "made_at", "retired_at",
                                   "compromised_at"),
    "credentials.StatusEntry": _row("index", "withdrawn_at"),
    "events.Delivery": _row("id", "event", "handler", "tries", "next_try_at", "told_at",
                            "gave_up_at", "fault"),
    "events.Event": _row("id", "name", "at", alias=("payload",)),
    "exercises.Exercise": _row("id", "organisation", "made_at"),
    "exercises.ExerciseVersion": _row("id", "exercise", "number", "content_hash", "kind", "title",
                                      "summary", "minutes", "skills", "aided", "is_open", "brief",
                                      "shown", "hints", "made_at"),
    "exercises.SealedFiles": _row("version", "files"),
    "grading.Beat": _row("name", "at", "note"),
    "insights.Closing": _row("cohort", "at", "people"),
    "insights.ItemAnalysis": _row("organisation", "asked_at", "computed_at"),
    "insights.ItemSnapshot": _row("id", "organisation", "exercise", "scope", "figures",
                                  "computed_at"),
    "insights.TargetChoice": _row("cohort", "targets", "set_at", freed=("set_by",)),
    "learning.ItemDifficulty": _row("exercise", "difficulty", "tries", "measured_at"),
    "llm.Call": _row("id", "at", "organisation", "cohort", "role", "prompt", "host", "model",
                     "state", "tokens_reserved", "tokens_counted", "tokens_in", "tokens_out",
                     "outcome", "milliseconds", alias=("about",)),
    "llm.Endpoint": _row("key", "organisation", "host", "model", "failures", "recent", "openings",
                         "open_until", "probe_until", "trouble", "last_success_at",
                         "last_failure_at", "lacks"),
    "llm.Job": _row("id", "kind", "state", "claims", "lease_token", "lease_until", "next_hint_at",
                    "queued_at", "claimed_at", "finished_at", "fault", alias=("subject",)),
    "llm.ModelAccess": _row("organisation", "is_on", "base_url", "sealed_key", "key_tail",
                            "generator", "coach", "judge", "changed_at"),
    "llm.Purse": _row("id", "period", "calls", "tokens", alias=("scope",)),
    "llm.Sample": _row("key", "text", "model", "made_at"),
    "operations.Trial": _row("part", "at", "went_well", "went_well_at", "says", "details"),
    "organisations.Organisation": _row("id", "name", "slug", "is_open", "created_at"),
    "regrades.Regrade": _row("id", "organisation", "exercise", "version", "cohort", "since",
                             "until", "target", "stage", "policy", "why", "made_at", "decided_at",
                             "undone_at", freed=("made_by", "decided_by")),
    "sessions.Session": dict.fromkeys(("session_key", "session_data", "expire_date"),
                                      Stays.ENDED),
}  # fmt: skip
"""Rows that stay, field by field."""
