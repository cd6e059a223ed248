"""Everything a site holds about one person, for that person to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from countersign import audit
from countersign.accounts.models import ApiToken, ErasureRequest, User
from countersign.coaching.models import Appeal, Feedback, HintTaken, InstructorComment, Turn
from countersign.cohorts.looks import looks
from countersign.cohorts.models import AnnouncementRead, Enrolment, SharingChoice
from countersign.common import clock
from countersign.credentials.models import Credential
from countersign.grading.models import Probe, Result, RubricMark, SuspectedDefect
from countersign.grading.services.marks import marks_about
from countersign.insights.models import Assignment
from countersign.learning.models import Evidence, LeftOut, Sitting
from countersign.organisations.models import Membership
from countersign.regrades.models import Entry
from countersign.submissions.models import (
    Attempt,
    BuildTurn,
    ChainStep,
    CheckRun,
    Draft,
    Notice,
    Submission,
)

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Section:
    """One kind of row: which of them are the person's, and what is told of each."""

    name: str
    model: Any
    rows: Callable[[User], Any]
    fields: tuple[str, ...]

    def of(self, user: User) -> list[dict[str, Any]]:
        return list(self.rows(user).values(*self.fields))


def _of(path: str, model: Any) -> Callable[[User], Any]:
    return lambda user: model.objects.filter(**{path: user})


def _visible(path: str, model: Any) -> Callable[[User], Any]:
    return lambda user: model.objects.visible_to(user).filter(**{path: user})


def _regraded(user: User) -> Any:
    """What a regrade changed of theirs. Dry runs that changed nothing are the instructors'."""
    own = Entry.objects.unscoped().filter(submission__attempt__enrolment__learner=user)
    return own.filter(after__isnull=False)


SECTIONS = (
    Section(
        name="account",
        model=User,
        rows=lambda user: User.objects.filter(pk=user.pk),
        fields=("id", "email", "name", "theme", "is_operator", "joined_at", "last_login"),
    ),
    Section(
        name="addresses",
        model=EmailAddress,
        rows=_of("user", EmailAddress),
        fields=("email", "verified", "primary"),
    ),
    Section(
        name="second_factors",
        model=Authenticator,
        rows=_of("user", Authenticator),
        fields=("type", "created_at", "last_used_at"),
    ),
    Section(
        name="sessions",
        model=UserSession,
        rows=_of("user", UserSession),
        fields=("ip", "user_agent", "created_at"),
    ),
    Section(
        name="api_tokens",
        model=ApiToken,
        rows=_of("user", ApiToken),
        fields=("name", "scope", "last_four", "created_at", "expires_at", "last_used_at",
                "revoked_at"),
    ),
    Section(
        name="erasure",
        model=ErasureRequest,
        rows=_of("user", ErasureRequest),
        fields=("asked_at", "due_at"),
    ),
    Section(
        name="roles",
        model=Membership,
        rows=_of("user", Membership),
        fields=("organisation__name", "role", "since"),
    ),
    Section(
        name="cohorts",
        model=Enrolment,
        rows=_visible("learner", Enrolment),
        fields=("id", "cohort__name", "cohort__organisation__name", "sharing", "joined_at",
                "ended_at"),
    ),
    Section(
        name="suggested_practice",
        model=Assignment,
        rows=_visible("enrolment__learner", Assignment),
        fields=("enrolment", "exercise", "competency", "made_at", "put_aside_at"),
    ),
    Section(
        name="sharing_choices",
        model=SharingChoice,
        rows=_of("enrolment__learner", SharingChoice),
        fields=("enrolment", "level", "wording_version", "method", "made_at"),
    ),
    Section(
        name="announcements_read",
        model=AnnouncementRead,
        rows=_of("enrolment__learner", AnnouncementRead),
        fields=("announcement__title", "at"),
    ),
    Section(
        name="attempts",
        model=Attempt,
        rows=_visible("enrolment__learner", Attempt),
        fields=("id", "enrolment", "version__title", "version__number", "started_at"),
    ),
    Section(
        name="drafts",
        model=Draft,
        rows=_of("attempt__enrolment__learner", Draft),
        fields=("attempt", "answer", "revision", "saved_at"),
    ),
    Section(
        name="build_turns",
        model=BuildTurn,
        rows=_visible("attempt__enrolment__learner", BuildTurn),
        fields=("attempt", "session", "number", "asked", "engine", "state", "before", "edited",
                "at", "decided_at"),
    ),
    Section(
        name="check_runs",
        model=CheckRun,
        rows=_visible("attempt__enrolment__learner", CheckRun),
        fields=("attempt", "session", "turn", "files", "chosen", "own", "state", "results", "at"),
    ),
    Section(
        name="chain_steps",
        model=ChainStep,
        rows=_visible("attempt__enrolment__learner", ChainStep),
        fields=("attempt", "round", "link", "given", "output", "at"),
    ),
    Section(
        name="submissions",
        model=Submission,
        rows=_visible("attempt__enrolment__learner", Submission),
        fields=("id", "attempt", "number", "answer", "received_at", "state"),
    ),
    Section(
        name="results",
        model=Result,
        rows=_visible("submission__attempt__enrolment__learner", Result),
        fields=("submission", "status", "score", "max_score", "tests_passed", "tests_total",
                "shown", "made_at", "superseded_by"),
    ),
    Section(
        name="marks",
        model=RubricMark,
        rows=marks_about,
        fields=("submission", "criterion", "points", "note", "marked_at"),
    ),
    Section(
        name="regrades",
        model=Entry,
        rows=_regraded,
        fields=("submission", "regrade__made_at", "regrade__stage", "regrade__why", "before",
                "after"),
    ),
    Section(
        name="hints",
        model=HintTaken,
        rows=_of("attempt__enrolment__learner", HintTaken),
        fields=("attempt", "rung", "at"),
    ),
    Section(
        name="evidence",
        model=Evidence,
        rows=_visible("enrolment__learner", Evidence),
        fields=("enrolment", "skill", "version__title", "best", "first", "passed", "tries", "hints",
                "difficulty", "weight", "at"),
    ),
    Section(
        name="sittings",
        model=Sitting,
        rows=_visible("enrolment__learner", Sitting),
        fields=("enrolment", "version__title", "is_after", "minutes", "extension", "started_at",
                "ends_at", "paused_for", "finished_at", "submission"),
    ),
    Section(
        name="left_out",
        model=LeftOut,
        rows=_visible("enrolment__learner", LeftOut),
        fields=("enrolment", "exercise", "at"),
    ),
    Section(
        name="probes",
        model=Probe,
        rows=_visible("attempt__enrolment__learner", Probe),
        fields=("attempt", "typed", "called", "gives", "said", "at"),
    ),
    Section(
        name="doubts",
        model=SuspectedDefect,
        rows=_visible("submission__attempt__enrolment__learner", SuspectedDefect),
        fields=("submission", "number", "lines", "category", "severity", "why", "made_at",
                "decision", "explain", "decided_at"),
    ),
    Section(
        name="feedback",
        model=Feedback,
        rows=_visible("result__submission__attempt__enrolment__learner", Feedback),
        fields=("result", "state", "issues", "model", "asked_at", "ended_at", "is_useful",
                "reported_at", "contested_at", "contest", "upheld"),
    ),
    Section(
        name="asked_the_assistant",
        model=Turn,
        rows=_visible("attempt__enrolment__learner", Turn),
        fields=("attempt", "number", "asked", "files", "state", "says", "file", "text", "model",
                "asked_at", "ended_at"),
    ),
    Section(
        name="comments",
        model=InstructorComment,
        rows=_of("submission__attempt__enrolment__learner", InstructorComment),
        fields=("submission", "kind", "file", "line", "text", "written_at", "withdrawn_at"),
    ),
    Section(
        name="notices",
        model=Notice,
        rows=Notice.objects.visible_to,
        fields=("submission", "kind", "made_at", "seen_at"),
    ),
    Section(
        name="appeals",
        model=Appeal,
        rows=_visible("result__submission__attempt__enrolment__learner", Appeal),
        fields=("result", "decision", "about", "says", "made_at", "upheld", "reply",
                "answered_at"),
    ),
    Section(
        name="certificates",
        model=Credential,
        rows=_visible("learner", Credential),
        fields=("id", "code", "named", "kind", "subject", "title", "tasks", "score", "engines",
                "submissions", "shows_figures", "issued_at", "good_until", "withdrawal"),
    ),
)  # fmt: skip


def own_rows(user: User) -> Mapping[str, Any]:
    """All rows about the person and the acts they did, as JSON values. No secrets, no hidden
    parts of exercises, nobody else's rows."""
    return {
        "format": FORMAT,
        "made_at": clock.now(),
        **{section.name: section.of(user) for section in SECTIONS},
        "looks": list(_looks(user)),
        "acts": list(
            audit.Entry.objects.filter(actor=user.pk)
            .order_by("at")
            .values("at", "action", "thing_kind", "thing", "details")
        ),
    }


def _looks(user: User) -> Iterable[dict[str, Any]]:
    for place in Enrolment.objects.visible_to(user).of(user).select_related("cohort"):
        for look in looks(place):
            yield {
                "cohort": place.cohort.name,
                "day": look.day,
                "who": look.who,
                "at": "cohort" if look.at_cohort else "record",
                "times": look.times,
            }
