"""Trying the open exercise without an account, and keeping what was done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from countersign.accounts.models import User
from countersign.submissions.models import Attempt
from countersign.web.learn import guests
from tests.cast import PASSWORD, RIGHT, Cast, a_release, a_version
from tests.web.learn.conftest import form
from tests.work import newest_run, settled, verdict

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def nobody_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def visitor(people: Cast, client: Client) -> Client:
    """Somebody's browser, on a site with an open exercise."""
    a_release(a_version(is_open=True))
    return client


def guest() -> User:
    return User.objects.get(is_guest=True)


def attempt() -> Attempt:
    found: Attempt = Attempt.objects.unscoped().get()
    return found


def test_looking_makes_nobody(visitor: Client) -> None:
    assert visitor.get("/try/").status_code == 200
    assert visitor.get("/").status_code == 200
    assert not User.objects.filter(is_guest=True).exists()


def test_the_first_page_holds_the_exercise_itself(visitor: Client) -> None:
    text = visitor.get("/").content.decode()
    assert "<code-editor" in text
    assert 'hx-post="/try/submit/?card=1"' in text


def test_the_first_run_makes_a_guest_and_a_submission(visitor: Client) -> None:
    visitor.post("/try/submit/", form())
    assert not guest().has_usable_password()
    assert attempt().submissions.get().as_answer.files == {"solution.py": RIGHT}


def test_the_second_run_is_the_same_guest(visitor: Client) -> None:
    visitor.post("/try/submit/", form("a = 1"))
    visitor.post("/try/submit/", form("a = 2"))
    assert attempt().submissions.count() == 2
    assert guest()


def test_a_card_is_answered_with_the_result_alone(visitor: Client) -> None:
    text = visitor.post("/try/submit/?card=1", form(), headers=HTMX).content.decode()
    assert 'hx-get="/try/status/?card=1"' in text
    assert 'id="hints"' not in text


def test_a_pass_offers_to_keep_it(visitor: Client) -> None:
    visitor.post("/try/submit/", form())
    settled(attempt().submissions.get(), verdict(100.0))
    text = visitor.get("/try/").content.decode()
    assert "Keep this and go on" in text
    assert 'href="/sign-up/"' in text


def test_strangers_do_not_see_each_others_tries(visitor: Client) -> None:
    visitor.post("/try/submit/", form("secret = 1"))
    other = Client()
    assert "secret = 1" not in other.get("/try/").content.decode()
    assert other.get("/try/status/").status_code == 286


def test_one_address_cannot_make_guests_without_end(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guests, "GUESTS_AN_HOUR", 1)
    visitor.post("/try/submit/", form())
    answer = Client().post("/try/submit/", form("kept = 1"))
    assert answer.status_code == 429
    assert "kept = 1" in answer.content.decode()
    assert guest()


def test_whoever_signs_in_takes_the_work_over(visitor: Client, people: Cast) -> None:
    visitor.post("/try/submit/", form())
    settled(attempt().submissions.get(), verdict(100.0))
    visitor.post("/sign-in/", {"login": people.ada.email, "password": PASSWORD})
    assert attempt().enrolment.learner == people.ada
    assert "guest" not in visitor.session


def test_whoever_signs_up_takes_the_work_over(visitor: Client) -> None:
    visitor.post("/try/submit/", form())
    noa = {"name": "Noa", "email": "noa@example.org", "password1": "paper boat in june"}
    visitor.post("/sign-up/", noa)
    assert attempt().enrolment.learner.email == "noa@example.org"


def test_signing_in_without_having_tried_gives_no_place(visitor: Client, people: Cast) -> None:
    visitor.post("/sign-in/", {"login": people.eve.email, "password": PASSWORD})
    assert not people.eve.enrolments.exists()


def test_someone_signed_in_works_in_the_course(visitor: Client, people: Cast) -> None:
    visitor.force_login(people.ada)
    assert visitor.get("/try/")["Location"].endswith("/ticket-price-1/")


def test_nothing_to_try_is_said(client: Client, people: Cast) -> None:
    answer = client.get("/try/")
    assert answer.status_code == 404
    assert "No exercise to try just now" in answer.content.decode()


def test_a_run_that_ends_while_nobody_looks_is_there_later(visitor: Client) -> None:
    visitor.post("/try/submit/", form())
    settled(attempt().submissions.get(), verdict(40.0))
    assert newest_run(attempt().submissions.get()).state == "done"
    assert "Which is the last age?" in visitor.get("/try/").content.decode()
