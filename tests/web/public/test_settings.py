"""Everyone's own settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from countersign.accounts.models import ApiToken, ErasureRequest, User
from countersign.accounts.services import make_api_token
from countersign.cohorts.models import Enrolment
from countersign.organisations.models import Role
from countersign.organisations.services import give_role
from tests.cast import PASSWORD, Cast
from tests.web.public.test_account import confirm, sign_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1"


@pytest.fixture(autouse=True)
def nobody_asked_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ada(people: Cast) -> Client:
    client = Client(HTTP_USER_AGENT=FIREFOX)
    sign_in(client)
    return client


def read(client: Client) -> str:
    return client.get("/me/settings/").content.decode()


def save(client: Client, **changes: str) -> Any:
    return client.post("/me/settings/", {"name": "Ada", "theme": "system"} | changes)


def test_a_name_is_changed_everywhere(ada: Client, people: Cast) -> None:
    save(ada, name="Ada Okafor")
    assert User.objects.get(pk=people.ada.pk).name == "Ada Okafor"
    assert "AO" in read(ada)


def test_an_empty_name_is_refused_and_said(ada: Client, people: Cast) -> None:
    answer = save(ada, name=" ")
    assert answer.status_code == 422
    assert "Fill in this field: Your name" in answer.content.decode()
    assert User.objects.get(pk=people.ada.pk).name == "Ada"


def test_the_theme_is_shown_at_once_and_on_the_next_device(ada: Client, people: Cast) -> None:
    save(ada, theme="dark")
    assert 'data-theme="dark"' in read(ada)
    elsewhere = Client()
    sign_in(elsewhere)
    assert 'data-theme="dark"' in read(elsewhere)
    save(ada, theme="system")
    assert "data-theme=" not in read(ada).split(">")[1]


def test_sessions_are_named_and_this_one_is_marked(ada: Client, people: Cast) -> None:
    sign_in(Client(HTTP_USER_AGENT=IPHONE))
    page = read(ada)
    assert "Firefox, Linux" in page
    assert "Safari, iPhone" in page
    assert page.count("This one") == 1
    assert page.count("Sign out there") == 1


def test_another_session_is_ended(ada: Client, people: Cast) -> None:
    phone = Client(HTTP_USER_AGENT=IPHONE)
    sign_in(phone)
    ada.post("/me/settings/sessions/others/end/")
    assert phone.get("/me/settings/").status_code == 302
    assert ada.get("/me/settings/").status_code == 200


def test_nobody_can_end_someone_else_s_session(ada: Client, people: Cast) -> None:
    zoe = Client()
    sign_in(zoe, "zoe@example.org")
    for number in range(1, 200):
        zoe.post(f"/me/settings/sessions/{number}/end/")
    assert ada.get("/me/settings/").status_code == 200


def test_a_new_password_ends_every_session(ada: Client, people: Cast) -> None:
    phone = Client(HTTP_USER_AGENT=IPHONE)
    sign_in(phone)
    new = "a walk along the harbour"
    ada.post(
        "/me/settings/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert phone.get("/me/settings/").status_code == 302
    assert ada.get("/me/settings/").status_code == 302
    sign_in(ada, password=new)
    assert "Safari" not in read(ada)


def test_a_token_is_readable_once_and_opens_the_api(ada: Client, people: Cast) -> None:
    confirm(ada)
    page = ada.post("/me/settings/tokens/", {"token_name": "build server", "days": "30"})
    [token] = ApiToken.objects.all()
    secret = page.content.decode().split('<code class="secret">')[1].split("<")[0]
    assert ApiToken.objects.find(secret) == token
    assert "no-store" in page["Cache-Control"]
    assert secret not in read(ada)
    assert "build server" in read(ada)


def test_a_token_is_withdrawn(ada: Client, people: Cast) -> None:
    secret = make_api_token(user=people.ada, name="build server")
    token = ApiToken.objects.get()
    ada.post(f"/me/settings/tokens/{token.pk}/withdraw/")
    assert ApiToken.objects.find(secret) is None


def test_someone_else_s_token_is_not_found(ada: Client, people: Cast) -> None:
    make_api_token(user=people.ben, name="his")
    token = ApiToken.objects.get()
    assert ada.post(f"/me/settings/tokens/{token.pk}/withdraw/").status_code == 404
    assert ApiToken.objects.usable().exists()


@pytest.mark.parametrize("days", ["100000", "-1", "soon"])
def test_a_token_lives_for_one_of_the_times_offered(ada: Client, people: Cast, days: str) -> None:
    confirm(ada)
    answer = ada.post("/me/settings/tokens/", {"token_name": "x", "days": days})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_a_token_and_the_file_ask_for_the_password_once_more(ada: Client, people: Cast) -> None:
    assert ada.get("/me/settings/everything.json")["Location"].startswith("/sign-in/again/")
    asked = ada.post("/me/settings/tokens/", {"token_name": "x", "days": "30"})
    assert asked["Location"].startswith("/sign-in/again/")
    assert not ApiToken.objects.exists()


def test_after_the_password_the_token_is_made_as_it_was_asked_for(
    ada: Client, people: Cast
) -> None:
    asked = ada.post("/me/settings/tokens/", {"token_name": "x", "days": "30"})
    page = ada.post(asked["Location"], {"password": PASSWORD, "next": "/me/settings/tokens/"})
    assert "This is the only time" in page.content.decode()
    assert ApiToken.objects.get().name == "x"


def test_the_file_holds_one_s_own_rows_and_nobody_else_s(ada: Client, people: Cast) -> None:
    confirm(ada)
    answer = ada.get("/me/settings/everything.json")
    assert "attachment" in answer["Content-Disposition"]
    told = json.loads(answer.content)
    assert told["account"][0]["email"] == "ada@example.org"
    assert [row["cohort__name"] for row in told["cohorts"]] == ["Autumn intake"]
    text = answer.content.decode()
    for other in ("ben@", "zoe@", str(people.zoe.pk), "Elsewhere", "password"):
        assert other not in text


def test_leaving_a_cohort_asks_first(ada: Client, people: Cast) -> None:
    address = f"/me/settings/cohorts/{people.ada_place.pk}/leave/"
    assert "Leave Autumn intake?" in ada.get(address).content.decode()
    assert Enrolment.objects.unscoped().get(pk=people.ada_place.pk).ended_at is None
    ada.post(address)
    assert Enrolment.objects.unscoped().get(pk=people.ada_place.pk).ended_at
    assert ada.get(address).status_code == 404


def test_nobody_can_leave_for_someone_else(ada: Client, people: Cast) -> None:
    address = f"/me/settings/cohorts/{people.zoe_place.pk}/leave/"
    assert ada.post(address).status_code == 404
    assert Enrolment.objects.unscoped().get(pk=people.zoe_place.pk).ended_at is None


class TestErasing:
    def test_says_what_goes_and_what_stays(self, ada: Client) -> None:
        confirm(ada)
        words = ada.get("/me/settings/erase/").content.decode()
        assert "your certificates" in words
        assert "a log of who did what" in words

    def test_a_slip_of_the_hand_erases_nothing(self, ada: Client) -> None:
        confirm(ada)
        answer = ada.post("/me/settings/erase/", {"word": "yes"})
        assert answer.status_code == 422
        assert not ErasureRequest.objects.exists()

    def test_it_is_asked_for_and_taken_back(self, ada: Client) -> None:
        confirm(ada)
        ada.post("/me/settings/erase/", {"word": "Erase "})
        assert "Your account will be erased on" in read(ada)
        ada.post("/me/settings/erase/take-back/")
        assert not ErasureRequest.objects.exists()
        assert "Your account will be erased on" not in read(ada)

    def test_the_password_is_asked_for_once_more(self, ada: Client) -> None:
        assert ada.get("/me/settings/erase/")["Location"].startswith("/sign-in/again/")

    def test_the_only_owner_is_told_what_is_needed_first(self, ada: Client, people: Cast) -> None:
        give_role(organisation=people.northgate, user=people.ada, role=Role.OWNER)
        confirm(ada)
        answer = ada.post("/me/settings/erase/", {"word": "erase"})
        assert answer.status_code == 409
        assert "only owner of Northgate" in answer.content.decode()
