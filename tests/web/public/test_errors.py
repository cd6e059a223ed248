"""What is shown when a page can't be."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from countersign.web.access import Door, door
from tests.cast import Cast


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the password is hunter2")


def database_away(request: HttpRequest) -> HttpResponse:
    raise OperationalError


def odd(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


@door(Door.OPERATE)
def for_operators(request: HttpRequest) -> HttpResponse:
    return HttpResponse("health")


@door(Door.SIGNED_IN)
def for_people(request: HttpRequest) -> HttpResponse:
    return HttpResponse("mine")


urlpatterns = [
    path("broken/", broken),
    path("away/", database_away),
    path("odd/", odd),
    path("operators/", for_operators),
    path("people/", for_people),
    path("", include("countersign.urls")),
]
handler400 = "countersign.web.errors.bad_request"
handler403 = "countersign.web.errors.forbidden"
handler404 = "countersign.web.errors.not_found"
handler500 = "countersign.web.errors.server_error"


@pytest.fixture
def visitor() -> Any:
    with override_settings(ROOT_URLCONF=__name__, DEBUG=False):
        yield Client(raise_request_exception=False)


def test_our_fault_is_said_with_a_reference_that_the_log_holds(
    visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answer = visitor.get("/broken/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "There is a problem on our side" in page
    assert "hunter2" not in page
    reference = page.split("<code>")[1].split("<")[0]
    assert reference in caplog.text


def test_our_fault_asks_nothing_of_the_database(visitor: Client) -> None:
    # without the `db` fixture every query raises
    assert visitor.get("/broken/").status_code == 500


def test_a_database_that_is_away_is_no_fault_of_the_page(visitor: Client) -> None:
    answer = visitor.get("/away/")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "Back soon" in answer.content.decode()


def test_a_request_we_can_t_read_is_said(visitor: Client) -> None:
    answer = visitor.get("/odd/")
    assert answer.status_code == 400
    assert "We couldn’t read that request" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/courses/just-enogh-python/", "Just enough Python to read it"),
        ("/lern/just-enough-python/first-steps/tiket-price-1/", "Ticket price"),
    ],
)
def test_a_misspelt_address_names_what_may_be_meant(
    visitor: Client, people: Cast, address: str, meant: str
) -> None:
    visitor.force_login(people.ada)
    answer = visitor.get(address)
    assert answer.status_code == 404
    assert meant in answer.content.decode()


@pytest.mark.parametrize("address", ["/nothing/like/it/", "/%00/", "/" + "a" * 3000, "/<script>/"])
def test_other_addresses_are_not_found_and_not_repeated(
    visitor: Client, people: Cast, address: str
) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 404
    assert "<script>/" not in answer.content.decode()


def test_a_closed_door_says_whom_it_is_for(visitor: Client, people: Cast) -> None:
    visitor.force_login(people.ada)
    answer = visitor.get("/operators/")
    assert answer.status_code == 403
    assert "the people who run this site" in answer.content.decode()


def test_a_form_from_another_site_is_not_taken(people: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/", {"login": "ada@example.org", "password": "x"})
    assert answer.status_code == 403
    assert "This form was open too long" in answer.content.decode()


def test_reading_goes_on_after_signing_in(visitor: Client, db: None) -> None:
    assert visitor.get("/people/?page=2")["Location"] == "/sign-in/?next=/people/%3Fpage%3D2"


def test_sending_after_the_session_ended_leads_back_to_where_one_was(
    visitor: Client, db: None
) -> None:
    answer = visitor.post("/people/", headers={"referer": "http://testserver/learn/a/b/"})
    assert answer.status_code == 401
    page = answer.content.decode()
    assert "You’ve been signed out" in page
    assert "/sign-in/?next=/learn/a/b/" in page


def test_a_part_of_a_page_takes_the_whole_page_to_the_sign_in(visitor: Client, db: None) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/learn/a/b/"}
    answer = visitor.get("/people/", headers=headers)
    assert answer["HX-Redirect"] == "/sign-in/?next=/learn/a/b/"
    assert not answer.content
