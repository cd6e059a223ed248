"""Inviting by e-mail, moving a place and giving one back, on the page."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from countersign import audit
from countersign.cohorts.models import Enrolment, Invitation, Sharing
from countersign.cohorts.services import end_enrolment, enrol, make_cohort
from countersign.events import outbox
from countersign.insights import services as insights
from countersign.insights.models import Closing, CountedFigures
from countersign.insights.services import work_list
from tests.cast import Cast, person
from tests.html import ids_twice, unclosed
from tests.work import graded


@pytest.fixture
def ben(people: Cast, client: Client) -> Client:
    client.force_login(people.ben)
    return client


@pytest.fixture
def invite(people: Cast) -> str:
    return f"/teach/cohorts/{people.cohort.pk}/invite/"


@pytest.fixture
def place(people: Cast) -> str:
    return f"/teach/cohorts/{people.cohort.pk}/people/{people.ada_place.pk}/"


def test_a_list_is_looked_at_before_anything_is_sent(ben: Client, invite: str) -> None:
    shown = ben.post(invite, {"people": "cleo@example.org\nnobody\nada@example.org"})
    page = shown.content.decode()
    assert "1 person can be invited." in page
    assert "2 rows are left out." in page
    assert "They have a place in this cohort." in page
    assert unclosed(page) == ids_twice(page) == []
    assert not Invitation.objects.unscoped().exists()
    outbox.deliver()
    assert mail.outbox == []


def test_what_was_looked_at_is_what_is_sent(ben: Client, invite: str) -> None:
    shown = ben.post(invite, {"people": "Cleo Marsh, cleo@example.org\nnobody"})
    ben.post(invite, {"people": shown.context["preview"].kept, "send": "1"})
    outbox.deliver()
    assert [message.to for message in mail.outbox] == [["cleo@example.org"]]
    assert "Hello Cleo Marsh," in mail.outbox[0].body
    assert "Cleo Marsh" in ben.get(invite).content.decode()


def test_pressing_twice_invites_once(ben: Client, invite: str) -> None:
    for _ in range(2):
        ben.post(invite, {"people": "email,name\ncleo@example.org,Cleo", "send": "1"})
    assert Invitation.objects.unscoped().filter(email="cleo@example.org").count() == 1


def test_a_file_is_read_and_one_that_is_none_says_why(ben: Client, invite: str) -> None:
    good = SimpleUploadedFile("people.csv", b"email;name\ncleo@example.org;Cleo\n")
    assert "1 person can be invited." in ben.post(invite, {"file": good}).content.decode()
    bad = SimpleUploadedFile("people.xlsx", b"PK\x03\x04\xff\xfe")
    answer = ben.post(invite, {"file": bad})
    assert answer.status_code == 422
    assert "UTF-8" in answer.content.decode()


def test_an_invitation_can_be_withdrawn(people: Cast, ben: Client, invite: str) -> None:
    ben.post(invite, {"people": "cleo@example.org", "send": "1"})
    found = Invitation.objects.unscoped().get(email="cleo@example.org")
    nur = Client()
    nur.force_login(people.nur)
    assert nur.post(f"{invite}{found.pk}/withdraw/").status_code == 404
    ben.post(f"{invite}{found.pk}/withdraw/")
    assert "Withdrawn" in ben.get(invite).content.decode()


def test_personal_links_are_neither_among_the_joining_links_nor_running_out(
    people: Cast, ben: Client, invite: str
) -> None:
    ben.post(invite, {"people": "cleo@example.org", "send": "1"})
    assert ben.get(f"/teach/cohorts/{people.cohort.pk}/links/").context["links"] == []
    assert work_list(people.ben).running_out == []


def test_an_ended_place_is_given_back_as_it_was(people: Cast, ben: Client, place: str) -> None:
    graded(people.ada_place, people.version)
    ben.post(f"{place}end/")
    roster = ben.get(f"/teach/cohorts/{people.cohort.pk}/").content.decode()
    assert "1 place has ended" in roster
    ben.post(f"{place}reopen/")
    people.ada_place.refresh_from_db()
    assert people.ada_place.ended_at is None
    assert people.ada_place.attempts.count() == 1
    assert audit.Entry.objects.filter(action=audit.Action.ENROLMENT_REOPENED).count() == 1


def test_who_left_themselves_comes_back_by_themselves(
    people: Cast, ben: Client, place: str
) -> None:
    end_enrolment(enrolment=people.ada_place, actor=people.ada)
    ben.post(f"{place}reopen/")
    people.ada_place.refresh_from_db()
    assert people.ada_place.ended_at is not None


def test_a_place_moves_with_its_work_and_what_is_shared(
    people: Cast, ben: Client, place: str
) -> None:
    graded(people.ada_place, people.version)
    spring = make_cohort(organisation=people.northgate, name="Spring intake")
    answer = ben.post(f"{place}move/", {"to": str(spring.pk)})
    assert answer.headers["Location"] == f"/teach/cohorts/{spring.pk}/people/{people.ada_place.pk}/"
    moved = Enrolment.objects.visible_to(people.ben).get(pk=people.ada_place.pk)
    assert (moved.cohort, moved.sharing) == (spring, Sharing.PARTICIPATION)
    assert moved.attempts.count() == 1
    assert "Ada" in ben.get(f"/teach/cohorts/{spring.pk}/").content.decode()
    entry = audit.Entry.objects.get(action=audit.Action.ENROLMENT_MOVED)
    assert entry.details == {"came_from": str(people.cohort.pk), "to": str(spring.pk)}


def test_nobody_moves_to_another_organisation(people: Cast, ben: Client, place: str) -> None:
    assert ben.post(f"{place}move/", {"to": str(people.other_cohort.pk)}).status_code == 404
    nur = Client()
    nur.force_login(people.nur)
    assert nur.post(f"{place}move/", {"to": str(people.other_cohort.pk)}).status_code == 404
    people.ada_place.refresh_from_db()
    assert people.ada_place.cohort == people.cohort


def test_who_had_a_place_there_isnt_moved(people: Cast, ben: Client, place: str) -> None:
    spring = make_cohort(organisation=people.northgate, name="Spring intake")
    end_enrolment(enrolment=enrol(cohort=spring, learner=people.ada), actor=people.ben)
    answer = ben.post(f"{place}move/", {"to": str(spring.pk)})
    assert answer.status_code == 422
    assert "give that one back" in answer.content.decode()


def test_a_move_takes_nobodys_hidden_figures_into_the_other_cohort(people: Cast) -> None:
    for number in range(6):
        graded(enrol(cohort=people.cohort, learner=person(f"L{number}")), people.version)
    graded(people.ada_place, people.version)
    insights.refresh(people.cohort)
    spring = make_cohort(organisation=people.northgate, name="Spring intake")
    insights.move_place(enrolment=people.ada_place, to=spring, actor=people.ben)
    counted = CountedFigures.objects.unscoped()
    assert not counted.filter(enrolment=people.ada_place).exists()
    assert counted.filter(enrolment__cohort=people.cohort).count() < (
        Closing.objects.get(cohort=people.cohort).people
    )
