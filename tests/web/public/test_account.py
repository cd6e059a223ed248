"""Signing up, in and out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from countersign import audit
from countersign.accounts.models import User
from countersign.accounts.services import make_guest
from tests.cast import PASSWORD, Cast


@pytest.fixture(autouse=True)
def no_tries_so_far() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(
    client: Client, email: str = "ada@example.org", password: str = PASSWORD, **more: str
) -> Any:
    where = more.pop("at", "/sign-in/")
    return client.post(where, {"login": email, "password": password, **more})


def sign_up(client: Client, **changes: str) -> Any:
    answers = {"name": "Nia Torres", "email": "nia@example.org", "password1": "paper boat in june"}
    return client.post("/sign-up/", answers | changes)


def confirm(client: Client) -> Any:
    """Give the password once more, as is asked before anything that opens the account."""
    return client.post("/sign-in/again/", {"password": PASSWORD})


def entries(action: audit.Action) -> list[audit.Entry]:
    return list(audit.Entry.objects.filter(action=action))


def test_signing_up_keeps_the_name_and_signs_in(client: Client, people: Cast) -> None:
    answer = sign_up(client)
    nia = User.objects.get(email="nia@example.org")
    assert nia.name == "Nia Torres"
    assert answer.status_code == 302
    assert client.get("/me/settings/password/").status_code == 200


def test_signing_up_sends_a_link_that_confirms_the_address(client: Client, people: Cast) -> None:
    sign_up(client)
    [message] = mail.outbox
    assert message.to == ["nia@example.org"]
    link = re.search(r"https?://[^/]+(/sign-up/confirm/\S+)", str(message.body))
    assert link
    assert "Is nia@example.org your address?" in client.get(link[1]).content.decode()
    client.post(link[1])
    assert EmailAddress.objects.get(email="nia@example.org").verified


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Fill in this field: Your name"),
        ({"email": "nia"}, "Enter an e-mail address like name@example.org"),
        ({"password1": "short"}, "at least 12 characters"),
        ({"password1": "password1234"}, "too common"),
        ({"email": "ada@example.org"}, "There is an account with this address"),
    ],
)
def test_what_can_t_be_taken_is_said_and_nothing_typed_is_lost(
    client: Client, people: Cast, change: dict[str, str], words: str
) -> None:
    page = sign_up(client, **change).content.decode()
    assert words in page
    assert "one thing to fix" in page
    if "name" not in change:
        assert 'value="Nia Torres"' in page


def test_where_addresses_must_be_confirmed_signing_up_tells_nobody_who_has_an_account(
    client: Client, people: Cast, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    new = sign_up(client, email="nia@example.org")
    known = sign_up(Client(), email="ada@example.org")
    assert new["Location"] == known["Location"] == "/sign-up/sent/"
    assert [str(message.subject) for message in mail.outbox] == [
        "Countersign: Confirm your e-mail address",
        "Countersign: You have an account already",
    ]
    assert client.get("/me/settings/").status_code == 302


@pytest.mark.parametrize("email", ["ada@example.org", "Ada@Example.ORG", " ada@example.org "])
def test_signing_in_takes_the_address_however_it_is_written(
    client: Client, people: Cast, email: str
) -> None:
    assert sign_in(client, email).status_code == 302


def test_signing_in_and_out_is_kept(client: Client, people: Cast) -> None:
    sign_in(client)
    client.post("/sign-out/")
    assert [entry.actor for entry in entries(audit.Action.SIGNED_IN)] == [people.ada.pk]
    assert [entry.actor for entry in entries(audit.Action.SIGNED_OUT)] == [people.ada.pk]


def test_looking_at_the_sign_out_page_signs_nobody_out(client: Client, people: Cast) -> None:
    sign_in(client)
    client.get("/sign-out/")
    assert not entries(audit.Action.SIGNED_OUT)


def test_a_wrong_password_is_refused_in_words_and_kept(client: Client, people: Cast) -> None:
    page = sign_in(client, password="not the passphrase").content.decode()
    assert "don’t belong together" in page
    assert 'value="ada@example.org"' in page
    [entry] = entries(audit.Action.SIGN_IN_REFUSED)
    assert entry.thing == str(people.ada.pk)


def test_what_a_stranger_typed_is_not_kept(client: Client, people: Cast) -> None:
    sign_in(client, email="my.secret@example.org", password="not the passphrase")
    [entry] = entries(audit.Action.SIGN_IN_REFUSED)
    assert "secret" not in f"{entry.thing}{entry.details}"


def test_known_and_unknown_addresses_are_refused_alike(client: Client, people: Cast) -> None:
    known = sign_in(client, password="not the passphrase").content.decode()
    unknown = sign_in(client, email="eda@example.org", password="not the passphrase")
    token = re.compile(r'csrfmiddlewaretoken" value="\w+"|"x-csrftoken": "\w+"|nonce="[^"]*"')
    cleaned = unknown.content.decode().replace("eda@", "ada@")
    assert token.sub("", known) == token.sub("", cleaned)


def test_a_guest_can_not_be_signed_in_as(client: Client, people: Cast) -> None:
    guest = make_guest()
    assert sign_in(client, guest.email, "").status_code == 200
    assert sign_in(client, guest.email, "!").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://127.0.0.1/",
    ],
)
def test_nobody_is_sent_to_another_site_after_signing_in(
    client: Client, people: Cast, elsewhere: str
) -> None:
    answer = sign_in(client, next=elsewhere)
    assert answer["Location"] in {"/", "/learn/"}


def test_after_signing_in_one_is_where_one_wanted_to_be(client: Client, people: Cast) -> None:
    asked = client.get("/me/settings/password/")
    answer = sign_in(client, at=asked["Location"], next="/me/settings/password/")
    assert answer["Location"] == "/me/settings/password/"


def test_a_reset_looks_the_same_for_known_and_unknown_addresses(
    client: Client, people: Cast
) -> None:
    known = client.post("/password/", {"email": "ada@example.org"}, follow=True)
    unknown = client.post("/password/", {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert len(mail.outbox) == 2
    assert mail.outbox[0].to == ["ada@example.org"]
    assert "/password/" in mail.outbox[0].body
    assert "/sign-up/" in mail.outbox[1].body


def reset_link(client: Client) -> str:
    client.post("/password/", {"email": "ada@example.org"})
    link = re.search(r"https?://[^/]+(/password/\S+)", str(mail.outbox[-1].body))
    assert link
    return client.get(link[1])["Location"]


def test_a_reset_link_sets_a_password_once(client: Client, people: Cast) -> None:
    form = reset_link(client)
    new = {"password1": "a walk along the harbour", "password2": "a walk along the harbour"}
    assert client.post(form, new)["Location"] == "/password/done/"
    assert "has been used or is too old" in client.get(form).content.decode()
    assert sign_in(client).status_code == 200
    assert sign_in(client, password="a walk along the harbour").status_code == 302


def test_a_reset_ends_the_other_sessions(client: Client, people: Cast) -> None:
    elsewhere = Client()
    sign_in(elsewhere)
    form = reset_link(client)
    new = {"password1": "a walk along the harbour", "password2": "a walk along the harbour"}
    client.post(form, new)
    assert elsewhere.get("/me/settings/password/").status_code == 302


def test_a_mail_server_that_is_away_breaks_nothing_and_is_said(
    client: Client, people: Cast, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "tests.web.public.broken_mail.Backend"
    page = client.post("/password/", {"email": "ada@example.org"}, follow=True).content.decode()
    assert "We couldn’t send you an e-mail" in page


def test_pages_of_the_account_are_found_by_no_search_engine(client: Client, db: None) -> None:
    assert '<meta name="robots" content="noindex">' in client.get("/sign-in/").content.decode()
