"""Organisations, roles, cohorts, people and the log, as the operator handles them."""

from __future__ import annotations

import pytest
from django.test import Client

from countersign import audit
from countersign.organisations.models import Organisation, Role
from countersign.organisations.permissions import Permission, can
from countersign.organisations.services import give_role, take_role
from tests.cast import Cast


@pytest.fixture
def olu(people: Cast, client: Client) -> Client:
    client.force_login(people.olu)
    return client


def test_an_organisation_is_made_once(olu: Client) -> None:
    olu.post("/manage/orgs/", {"name": "Harbour Street Library"})
    again = olu.post("/manage/orgs/", {"name": "harbour street library"})
    assert again.status_code == 422
    assert Organisation.objects.filter(slug="harbour-street-library").count() == 1
    assert audit.Entry.objects.filter(action=audit.Action.ORGANISATION_MADE).count() == 1


def test_a_role_is_given_by_address_and_taken_again(people: Cast, olu: Client) -> None:
    address = f"/manage/orgs/{people.elsewhere.pk}/"
    olu.post(address, {"email": people.ben.email.upper(), "role": "instructor"})
    assert can(people.ben, Permission.TEACH, people.elsewhere)
    held = people.elsewhere.memberships.get(user=people.ben)
    olu.post(f"{address}roles/{held.pk}/take/")
    assert not can(people.ben, Permission.TEACH, people.elsewhere)
    assert can(people.ben, Permission.TEACH, people.northgate)
    assert audit.Entry.objects.filter(action=audit.Action.ROLE_TAKEN).count() == 1


def test_nobody_gets_a_role_by_an_address_that_is_not_known(people: Cast, olu: Client) -> None:
    answer = olu.post(
        f"/manage/orgs/{people.elsewhere.pk}/",
        {"email": "nobody@example.org", "role": "instructor"},
    )
    assert answer.status_code == 422
    assert "has signed up" in answer.content.decode()


def test_a_role_of_another_organisation_is_not_taken_here(people: Cast, olu: Client) -> None:
    held = people.northgate.memberships.get(user=people.ben)
    answer = olu.post(f"/manage/orgs/{people.elsewhere.pk}/roles/{held.pk}/take/")
    assert answer.status_code == 404
    assert can(people.ben, Permission.TEACH, people.northgate)


def test_taking_a_role_twice_is_taking_it_once(people: Cast) -> None:
    give_role(organisation=people.elsewhere, user=people.ben, role=Role.OWNER)
    assert take_role(organisation=people.elsewhere, user=people.ben, role=Role.OWNER)
    assert not take_role(organisation=people.elsewhere, user=people.ben, role=Role.OWNER)


def test_a_cohort_is_made_on_the_newest_release(people: Cast, olu: Client) -> None:
    address = f"/manage/orgs/{people.northgate.pk}/cohorts/"
    olu.post(address, {"name": "Spring", "starts_on": "2027-01-04", "ends_on": "2027-03-26"})
    assert people.northgate.cohorts.get(name="Spring").release == people.release
    assert olu.post(address, {"name": "Spring"}).status_code == 422


def test_a_cohort_does_not_end_before_it_begins(people: Cast, olu: Client) -> None:
    address = f"/manage/orgs/{people.northgate.pk}/cohorts/"
    answer = olu.post(address, {"name": "X", "starts_on": "2027-03-26", "ends_on": "2027-01-04"})
    assert answer.status_code == 422
    assert not people.northgate.cohorts.filter(name="X").exists()


def test_people_are_found_and_their_learning_is_not_shown(people: Cast, olu: Client) -> None:
    page = olu.get("/manage/people/?q=ada").content.decode()
    assert "ada@example.org" in page
    assert "zoe@example.org" not in page
    assert "Learner" in olu.get(f"/manage/people/{people.ada.pk}/").content.decode()


def test_the_log_is_filtered_by_act_person_and_day(people: Cast, olu: Client) -> None:
    audit.record(audit.Action.ROLE_GIVEN, actor=people.ben, thing=people.ada)
    audit.record(audit.Action.COHORT_VIEWED, actor=people.eve, thing=people.cohort)
    found = olu.get("/manage/audit/?action=cohort_viewed&who=eve").context["lines"]
    assert [(line.entry.action, line.who) for line in found] == [("cohort_viewed", "Eve")]
    assert not olu.get("/manage/audit/?until=2020-01-01").context["lines"]


def test_a_filter_that_makes_no_sense_is_said(olu: Client) -> None:
    answer = olu.get("/manage/audit/?since=yesterday")
    assert answer.status_code == 200
    assert "one thing to fix" in answer.content.decode()
