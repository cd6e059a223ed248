"""What the site writes to people."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.web.public.test_account import confirm, sign_in, sign_up

UNKIND = re.compile(r"\b(please|sorry|invalid|oops|failed|simply)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def nobody_asked_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def newest() -> tuple[str, str]:
    message = mail.outbox[-1]
    assert not UNKIND.search(str(message.body))
    assert "{" not in str(message.body)
    return str(message.subject), str(message.body)


def test_a_welcome_holds_the_link_and_says_who_wrote(client: Client, people: Cast) -> None:
    sign_up(client)
    subject, body = newest()
    assert subject == "Countersign: Confirm your e-mail address"
    assert body.startswith("Welcome.")
    assert "From Countersign, http://testserver" in body


def test_a_reset_says_how_long_the_link_works(client: Client, people: Cast) -> None:
    client.post("/password/", {"email": "ada@example.org"})
    subject, body = newest()
    assert subject == "Countersign: Choose a new password"
    assert "once, for one hour" in body


def test_an_unknown_address_gets_the_truth(client: Client, people: Cast) -> None:
    client.post("/password/", {"email": "nobody@example.org"})
    assert newest()[0] == "Countersign: There is no account with this address"


def test_a_changed_password_is_told_with_what_to_do(client: Client, people: Cast) -> None:
    sign_in(client)
    new = "a walk along the harbour"
    client.post(
        "/me/settings/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    subject, body = newest()
    assert subject == "Countersign: Your password was changed"
    assert "127.0.0.1" in body
    assert "http://testserver/password/" in body


def test_a_new_address_is_asked_for_its_link_and_the_old_one_is_told(
    client: Client, people: Cast
) -> None:
    EmailAddress.objects.create(
        user=people.ada, email=people.ada.email, verified=True, primary=True
    )
    sign_in(client)
    confirm(client)
    client.post("/me/settings/address/", {"email": "ada@home.example", "action_add": "1"})
    link = re.search(r"https?://[^/]+(/sign-up/confirm/\S+)", newest()[1])
    assert mail.outbox[-1].to == ["ada@home.example"]
    assert link
    people.ada.refresh_from_db()
    assert people.ada.email == "ada@example.org"
    client.post(link[1])
    people.ada.refresh_from_db()
    assert people.ada.email == "ada@home.example"
    assert any(
        message.to == ["ada@example.org"] and "was changed from" in str(message.body)
        for message in mail.outbox
    )
