"""Every page of the running site and who looks at it, from the table of routes.

A new page joins by standing in `tests/web/routes.py`. A new kind of address says in `THINGS` or
`IN_WORDS` what it names on the demo site.
"""

from __future__ import annotations

from typing import Any

from tests.operations.running import Site
from tests.web.routes import ROUTES
from tests.web.test_routes import ALL, address

LOOKERS = ["visitor", "ada", "ben", "eve", "olu"]
"""Whose pages differ. The rest of the cast see what one of these sees."""

THINGS = """
import json
from countersign.accounts.models import User
from countersign.cohorts.models import Cohort
from countersign.cohorts.services import invite
from countersign.credentials.models import Credential
from countersign.grading.models import Run
from countersign.submissions.models import Submission

cohort = Cohort.objects.unscoped().get(name="Autumn intake")
teacher = User.objects.get(email="ben@demo.example")
shared = cohort.enrolments.filter(sharing="work").exclude(learner__email="ada@demo.example")
submission = (
    Submission.objects.unscoped()
    .filter(attempt__enrolment__in=shared, state="graded")
    .order_by("-received_at")
    .first()
)
memo = (
    Submission.objects.unscoped()
    .filter(attempt__version__kind="decide", attempt__enrolment__cohort=cohort, state="graded")
    .order_by("-received_at")
    .first()
)
place = submission.attempt.enrolment
run = Run.objects.unscoped().filter(submission=submission).first()
credential = Credential.objects.unscoped().filter(learner__email="ada@demo.example").first()
shown = {} if credential is None else {
    "pk": str(credential.pk),
    "code": credential.code,
    "kind": credential.kind,
    "subject": credential.subject,
}
shown |= {} if memo is None else {"memo": str(memo.pk)}
print(json.dumps(shown | {
    "cohort_id": str(cohort.pk),
    "enrolment_id": str(place.pk),
    "submission_id": str(submission.pk),
    "run_id": str(run.pk),
    "exercise_id": str(submission.attempt.version.exercise_id),
    "organisation_id": str(cohort.organisation_id),
    "person_id": str(place.learner_id),
    "own_place": str(cohort.enrolments.get(learner__email="ada@demo.example").pk),
    "token": invite(cohort=cohort, actor=teacher),
}))
"""

SAME = {"cohort": "cohort_id", "enrolment": "enrolment_id", "user_id": "person_id"}
IN_WORDS = {
    "course": "just-enough-python",
    "unit": "read-it-line-by-line",
    "slug": "ticket-price",
    "number": 1,
    "skill": "read.trace",
    "session": 1,
    "key": "nobody-made-this-key",
    "uidb36": "1",
    "membership_id": 1,
    "invitation_id": "00000000-0000-4000-8000-000000000000",
}

UNIT = "/learn/just-enough-python/read-it-line-by-line"
ONE_ROUTE_SEVERAL_FACES = {
    "a lesson": ("ada", f"{UNIT}/a-branch-asks-one-question/"),
    "questions answered": ("ada", f"{UNIT}/which-branch/"),
    "questions to answer": ("ada", f"{UNIT}/which-branch/?again"),
    "code not tried yet": (
        "ada",
        "/learn/just-enough-python/lists-look-ups-and-rows/hours-on-paper/",
    ),
    "no such page": ("visitor", "/nowhere/"),
    "no way in": ("ada", "/manage/"),
}


FILES = ("_csv", "_txt", "_own", "favicon", "robots")
FOR_PROGRAMS = "credential"  # and what begins with it and a line: signed documents, keys, lists
PAGES = [
    name
    for name, row in ROUTES.items()
    if "405" not in row and not name.endswith(FILES) and name.split("_")[0] != FOR_PROGRAMS
]


def things(site: Site) -> dict[str, Any]:
    """What the addresses name on this site."""
    found = site.ask(THINGS)
    return {**found, **IN_WORDS, **{name: found[other] for name, other in SAME.items()}}


def pages(who: str, found: dict[str, Any]) -> dict[str, str]:
    """The address of each page this person might be shown, by name.

    Left out is what answers to no GET by anybody, and what answers with a file. Pages that are the
    same for all who are signed in are left to Ada, except those that show a person's own bar.
    """
    named = {
        name: address(name, found)
        for name in PAGES
        if _is_theirs(name, who) and can_be_shown(name, found)
    }
    if who == "ada":
        named["leave_cohort"] = address("leave_cohort", found | {"enrolment": found["own_place"]})
    if who == "ben" and "memo" in found:
        memo = found | {"submission_id": found["memo"]}
        named["teach_mark_memo"] = address("teach_mark_memo", memo)
    more = {name: at for name, (whose, at) in ONE_ROUTE_SEVERAL_FACES.items() if whose == who}
    return named | more


def can_be_shown(name: str, found: dict[str, Any]) -> bool:
    """Whether the demo has what the address names: a certificate, for one, may be missing."""
    return set(ALL[name].pattern.regex.groupindex) <= set(found)


def _is_theirs(name: str, who: str) -> bool:
    for_some_only = "403" in ROUTES[name].split()
    return for_some_only or who in ("visitor", "ada") or name in ("home", "settings")
