"""A second factor: set up, asked for, encrypted, limited."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from countersign import audit
from countersign.web.public.adapter import SecondFactorAdapter
from tests.cast import Cast
from tests.web.public.test_account import confirm, entries, sign_in


@pytest.fixture(autouse=True)
def no_tries_so_far() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def code(secret: str, *, later: int = 0) -> str:
    """What an authenticator app shows now, or some half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


@pytest.fixture
def ada(client: Client, people: Cast) -> Client:
    EmailAddress.objects.create(
        user=people.ada, email=people.ada.email, verified=True, primary=True
    )
    sign_in(client)
    confirm(client)
    return client


def turn_on(client: Client) -> str:
    page = client.get("/me/settings/second-factor/app/").content.decode()
    secret = re.search(r'<code class="secret">(\w+)<', page)
    assert secret
    client.post("/me/settings/second-factor/app/", {"code": code(secret[1])})
    return secret[1]


def elsewhere() -> tuple[Client, Any]:
    client = Client()
    return client, sign_in(client)


def test_signing_in_asks_for_a_code(ada: Client, people: Cast) -> None:
    secret = turn_on(ada)
    client, answer = elsewhere()
    assert answer["Location"].startswith("/sign-in/code/")
    assert client.get("/me/settings/").status_code == 302
    client.post("/sign-in/code/", {"code": code(secret, later=1)})
    assert client.get("/me/settings/").status_code == 200


def test_a_wrong_code_is_refused_said_and_kept(ada: Client, people: Cast) -> None:
    turn_on(ada)
    client, _ = elsewhere()
    page = client.post("/sign-in/code/", {"code": "000000"}).content.decode()
    assert "This code doesn’t work" in page
    [entry] = entries(audit.Action.SIGN_IN_REFUSED)
    assert entry.details["reason"] == "second_factor"
    assert client.get("/me/settings/").status_code == 302


def test_codes_can_t_be_guessed_by_trying(ada: Client, people: Cast) -> None:
    secret = turn_on(ada)
    client, _ = elsewhere()
    for number in range(10):
        client.post("/sign-in/code/", {"code": f"{number:06}"}, REMOTE_ADDR=f"198.51.100.{number}")
    right = {"code": code(secret, later=1)}
    page = client.post("/sign-in/code/", right, REMOTE_ADDR="198.51.100.99").content.decode()
    assert "Wait a quarter of an hour" in page


def test_a_recovery_code_works_once(ada: Client, people: Cast) -> None:
    turn_on(ada)
    page = ada.get("/me/settings/second-factor/codes/").content.decode()
    first = re.findall(r"<li><code>(\w+)</code>", page)[0]
    client, _ = elsewhere()
    client.post("/sign-in/code/", {"code": first})
    assert client.get("/me/settings/").status_code == 200
    again, _ = elsewhere()
    again.post("/sign-in/code/", {"code": first})
    assert again.get("/me/settings/").status_code == 302


def test_secrets_are_encrypted_in_the_database(ada: Client, people: Cast) -> None:
    secret = turn_on(ada)
    assert secret not in str([row.data for row in Authenticator.objects.all()])


def test_secrets_outlive_a_change_of_the_site_s_key(settings: Any) -> None:
    closed = SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key " * 5
    assert SecondFactorAdapter().decrypt(closed) == "JBSWY3DPEHPK3PXP"


def test_without_a_confirmed_address_nobody_is_locked_out_of_it(
    client: Client, people: Cast
) -> None:
    EmailAddress.objects.create(user=people.ada, email=people.ada.email, primary=True)
    sign_in(client)
    answer = client.get("/me/settings/second-factor/app/", follow=True)
    assert "Confirm your e-mail address first" in answer.content.decode()


def test_it_can_be_turned_off(ada: Client, people: Cast) -> None:
    turn_on(ada)
    ada.post("/me/settings/second-factor/app/off/")
    assert not Authenticator.objects.exists()
    _, answer = elsewhere()
    assert not answer["Location"].startswith("/sign-in/code/")
