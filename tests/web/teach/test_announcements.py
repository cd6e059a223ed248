"""Announcements: told to a cohort, put away by each learner, archived, and nobody else's."""

from __future__ import annotations

import pytest
from django.test import Client

from countersign import audit
from countersign.cohorts.announcements import announce, archive, put_away
from countersign.cohorts.models import Announcement, AnnouncementRead
from countersign.cohorts.services import end_enrolment, enrol
from tests.cast import Cast, person
from tests.html import ids_twice, unclosed

TITLE = "No session on Friday"


@pytest.fixture
def told(people: Cast) -> Announcement:
    return announce(
        cohort=people.cohort, title=TITLE, text="We meet on **Monday**.", author=people.ben
    )


def as_(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_the_cohort_finds_it_on_its_first_page_and_puts_it_away(
    people: Cast, told: Announcement
) -> None:
    ada = as_(people.ada)
    page = ada.get("/learn/").content.decode()
    assert TITLE in page
    assert "<strong>Monday</strong>" in page
    assert unclosed(page) == ids_twice(page) == []
    for _ in range(2):
        ada.post(f"/me/announcements/{told.pk}/read/")
    assert TITLE not in ada.get("/learn/").content.decode()
    assert TITLE in ada.get("/me/announcements/").content.decode()
    assert AnnouncementRead.objects.count() == 1


def test_nobody_else_finds_it(people: Cast, told: Announcement) -> None:
    for other in (people.zoe, people.nur, people.eve):
        client = as_(other)
        assert TITLE not in client.get("/learn/").content.decode()
        assert TITLE not in client.get("/me/announcements/").content.decode()
        assert client.post(f"/me/announcements/{told.pk}/read/").status_code == 404


def test_an_instructor_without_a_place_isnt_told(people: Cast, told: Announcement) -> None:
    assert TITLE not in as_(people.ben).get("/learn/").content.decode()
    assert as_(people.ben).post(f"/me/announcements/{told.pk}/read/").status_code == 404


def test_who_left_isnt_told_any_more(people: Cast, told: Announcement) -> None:
    end_enrolment(enrolment=people.ada_place, actor=people.ben)
    assert TITLE not in as_(people.ada).get("/learn/").content.decode()


def test_ben_writes_archives_and_brings_back(people: Cast) -> None:
    ben, address = as_(people.ben), f"/teach/cohorts/{people.cohort.pk}/announcements/"
    assert "Nothing yet." in ben.get(address).content.decode()
    ben.post(address, {"title": TITLE, "text": "We meet on Monday."})
    found = Announcement.objects.visible_to(people.ben).get()
    ben.post(f"{address}{found.pk}/archive/", {"archived": "yes"})
    ada = as_(people.ada)
    assert TITLE not in ada.get("/learn/").content.decode()
    assert TITLE in ada.get("/me/announcements/").content.decode()
    ben.post(f"{address}{found.pk}/archive/", {"archived": "no"})
    assert TITLE in ada.get("/learn/").content.decode()
    acts = audit.Entry.objects.filter(action=audit.Action.ANNOUNCEMENT_ARCHIVED)
    assert [entry.details["archived"] for entry in acts.order_by("pk")] == [True, False]


def test_doing_it_twice_is_the_same_as_once(people: Cast, told: Announcement) -> None:
    assert archive(told, actor=people.ben)
    assert not archive(told, actor=people.ben)


@pytest.mark.parametrize(
    ("title", "text"),
    [("", "Words."), (TITLE, " "), ("x" * 121, "Words."), (TITLE, "x" * 2001), (TITLE, "a\x00b")],
)
def test_what_cannot_be_told_is_said_and_stays_in_the_form(
    people: Cast, title: str, text: str
) -> None:
    address = f"/teach/cohorts/{people.cohort.pk}/announcements/"
    answer = as_(people.ben).post(address, {"title": title, "text": text})
    assert answer.status_code == 422
    assert not Announcement.objects.unscoped().exists()


def test_another_organisations_instructor_neither_reads_nor_writes_it(
    people: Cast, told: Announcement
) -> None:
    nur, address = as_(people.nur), f"/teach/cohorts/{people.cohort.pk}/announcements/"
    assert nur.get(address).status_code == 404
    assert nur.post(address, {"title": TITLE, "text": "Mine."}).status_code == 404
    other = f"/teach/cohorts/{people.other_cohort.pk}/announcements/{told.pk}/archive/"
    assert nur.post(other).status_code == 404
    assert Announcement.objects.unscoped().get().archived_at is None


def test_ben_sees_how_many_put_it_away(people: Cast, told: Announcement) -> None:
    enrol(cohort=people.cohort, learner=person("Bob"))
    put_away(told, learner=people.ada)
    page = as_(people.ben).get(f"/teach/cohorts/{people.cohort.pk}/announcements/")
    assert "put away by 1 of 2" in page.content.decode()


def test_what_is_written_is_no_markup(people: Cast) -> None:
    announce(
        cohort=people.cohort, title="<b>T</b>", text="<script>alert(1)</script>", author=people.ben
    )
    page = as_(people.ada).get("/learn/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;T" in page
