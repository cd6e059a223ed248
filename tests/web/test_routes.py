"""Every route as every role: who gets in, who is told why not, and for whom it isn't there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from countersign.authoring.services import writing
from countersign.authoring.services.planning import plan_course
from countersign.coaching.models import Feedback
from countersign.cohorts.models import Invitation
from countersign.cohorts.services import invite
from countersign.common import clock
from countersign.credentials.models import Credential
from countersign.credentials.services import review
from countersign.grading.models import Result, Run, SuspectedDefect
from countersign.insights.models import Export, ExportKind
from countersign.insights.services import ask_for_export, make_export
from countersign.regrades.models import Regrade
from countersign.regrades.services import Scope, begin
from tests.cast import Cast
from tests.web.routes import BY_OTHER_TESTS, ROLES, ROUTES
from tests.work import graded


def routes(found: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every named route of the site, as it would be reversed."""
    for pattern in (found or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from routes(pattern, prefix + space)
        else:
            yield f"{prefix}{pattern.name}", pattern


ALL = dict(routes())


def test_every_route_is_in_the_table() -> None:
    named = {name for name in ALL if not name.startswith("api:")}
    assert named - set(BY_OTHER_TESTS) == set(ROUTES)


def test_every_page_has_a_door() -> None:
    without = [
        name
        for name, pattern in ALL.items()
        if not name.startswith("api:")
        and name not in BY_OTHER_TESTS
        and not hasattr(pattern.callback, "door")
    ]
    assert without == []


@pytest.fixture
def things(people: Cast) -> dict[str, Any]:
    """What the addresses name: all of it Northgate's."""
    result = graded(people.ada_place, people.version)
    token = invite(cohort=people.cohort, actor=people.ben)
    review(people.ada)
    certificate = Credential.objects.visible_to(people.ada).get()
    return {
        "pk": certificate.pk,
        "code": certificate.code,
        "kind": certificate.kind,
        "subject": certificate.subject,
        "cohort_id": people.cohort.pk,
        "cohort": people.cohort.pk,
        "enrolment_id": people.ada_place.pk,
        "enrolment": people.ada_place.pk,
        "invitation_id": Invitation.objects.unscoped().get().pk,
        "submission_id": result.submission_id,
        "run_id": result.run_id,
        "exercise_id": people.version.exercise_id,
        "organisation_id": people.northgate.pk,
        "person_id": people.ada.pk,
        "user_id": people.ada.pk,
        "suspected_id": SuspectedDefect.objects.create(
            submission=result.submission, number=1, lines="1", decision="declined"
        ).pk,
        "regrade_id": _regrade(people).pk,
        "token": token,
        "course": "just-enough-python",
        "unit": "first-steps",
        "slug": "ticket-price-1",
        "number": 1,
        "skill": "read.trace",
        "check": "first-check",
        "form": "before",
        "session": 1,
        "key": "nobody-made-this-key",
        "uidb36": "1",
        "membership_id": 1,
        "feedback_id": _feedback(result).pk,
        "appeal_id": people.ada.pk,
        "comment_id": people.ada.pk,
        "notice_id": people.ada.pk,
        "announcement_id": people.ada.pk,
        "manuscript_id": writing.begin(
            organisation=people.northgate, kind="code", actor=people.ben
        ).pk,
        "plan_id": plan_course(organisation=people.northgate, title="Safety first").pk,
        "row": "a-defect",
        "first": 1,
        "second": 1,
        "export_id": _export(people).pk,
        "assignment_id": people.ada.pk,
    }


def _regrade(people: Cast) -> Regrade:
    scope = Scope(organisation=people.northgate, exercise=people.version.exercise)
    return begin(scope, target=None, actor=people.ben)


def _export(people: Cast) -> Export:
    export = ask_for_export(
        people.cohort, kind=ExportKind.COMPLETION, practice=True, actor=people.eve
    )
    make_export(export.pk)
    return export


def _feedback(result: Result) -> Feedback:
    return Feedback.objects.create(result=result, state="ready", contested_at=clock.now())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ROUTES)
def test_who_gets_in(people: Cast, things: dict[str, Any], name: str, role: str) -> None:
    client = Client()
    if role != "visitor":
        client.force_login(getattr(people, role))
    answer = client.get(address(name, things))
    expected = dict(zip(ROLES, ROUTES[name].split(), strict=True))[role]
    assert str(answer.status_code) == expected, (name, role)


BEHIND_A_ROLE = [
    name for name in ROUTES if name.startswith(("teach_", "author_", "plan_", "org_", "manage_"))
]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", BEHIND_A_ROLE)
def test_writing_needs_the_same_right_as_reading(
    people: Cast, things: dict[str, Any], name: str, role: str
) -> None:
    got_in = dict(zip(ROLES, ROUTES[name].split(), strict=True))[role]
    if got_in in {"200", "286", "405"} and role != "nur":
        return  # their own business; the pages' own tests say what it does
    client = Client()
    if role != "visitor":
        client.force_login(getattr(people, role))
    status = client.post(address(name, things)).status_code
    if role == "visitor":
        assert status == 401, "signed out: told so, nothing lost"
    elif role == "nur" and got_in in {"200", "286", "405"}:
        assert status in {404, 405, 302, 422}, "somebody else’s thing, or nothing asked for"
        assert not Run.objects.unscoped().filter(reason="regrade").exists()
    else:
        assert status in {int(got_in), 405}


def address(name: str, things: dict[str, Any]) -> str:
    """The route's address with the values that its pattern asks for."""
    values = {key: things[key] for key in ALL[name].pattern.regex.groupindex}
    if name == "revoke_token":  # the one address whose token is an id
        values["token"] = things["person_id"]
    return reverse(name, kwargs=values)
