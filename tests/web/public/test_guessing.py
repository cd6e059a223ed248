"""Passwords can't be guessed by trying: ten tries an account in a quarter of an hour."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest
from allauth.core.internal.ratelimit import consume
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client, RequestFactory

from countersign import audit
from countersign.web.public.known_browser import counted_as
from tests.cast import PASSWORD, Cast
from tests.web.public.test_account import entries, sign_in

LIMIT = 10


@pytest.fixture(autouse=True)
def no_tries_so_far() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


class Hasher:
    """Counts how often a password is hashed."""

    def __init__(self) -> None:
        self.times = 0
        self.encode = MD5PasswordHasher.encode

    def __call__(self, hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        self.times += 1
        return self.encode(hasher, password, salt)


@pytest.fixture
def hasher() -> Iterator[Hasher]:
    counting = Hasher()
    with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=counting):
        yield counting


def test_ten_tries_reach_the_hasher_and_no_more(people: Cast, hasher: Hasher) -> None:
    for number in range(LIMIT + 5):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{number}"), password=f"guess number {number}")
    assert hasher.times == LIMIT


def test_over_the_limit_even_the_right_password_waits(people: Cast) -> None:
    for number in range(LIMIT):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{number}"), password="not the passphrase")
    page = sign_in(Client(REMOTE_ADDR="198.51.100.99")).content.decode()
    assert "Wait a quarter of an hour" in page


def test_another_host_name_or_spelling_brings_no_further_tries(
    people: Cast, hasher: Hasher
) -> None:
    hosts = ["localhost", "127.0.0.1", "[::1]"]
    for number in range(LIMIT * 3):
        client = Client(
            REMOTE_ADDR=f"198.51.100.{number}",
            HTTP_HOST=hosts[number % 3],
            HTTP_X_FORWARDED_FOR=f"203.0.113.{number}",
        )
        sign_in(client, email=["ada@example.org", "ADA@example.org"][number % 2], password="guess")
    assert hasher.times == LIMIT


def test_an_unknown_address_costs_as_many_hashes_as_a_known_one(
    people: Cast, hasher: Hasher
) -> None:
    sign_in(Client(), password="not the passphrase")
    known = hasher.times
    sign_in(Client(), email="nobody@example.org", password="not the passphrase")
    assert hasher.times == 2 * known


def test_signing_in_uses_up_no_try(people: Cast) -> None:
    for _ in range(LIMIT + 2):
        cache_key_free = Client(REMOTE_ADDR=f"198.51.100.{_}")
        assert sign_in(cache_key_free, password=PASSWORD).status_code == 302


def test_the_owner_s_own_browser_stays_open_while_strangers_guess(people: Cast) -> None:
    own = Client()
    sign_in(own)
    own.post("/sign-out/")
    for number in range(LIMIT + 1):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{number}"), password="not the passphrase")
    assert sign_in(own).status_code == 302


def test_a_known_browser_has_ten_tries_too(people: Cast, hasher: Hasher) -> None:
    own = Client()
    sign_in(own)
    own.post("/sign-out/")
    hasher.times = 0
    for number in range(LIMIT + 5):
        own.defaults["REMOTE_ADDR"] = f"198.51.100.{number}"
        sign_in(own, password="not the passphrase")
    assert hasher.times == LIMIT


def test_a_cookie_made_by_a_stranger_makes_no_browser_known(people: Cast) -> None:
    for number in range(LIMIT):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{number}"), password="not the passphrase")
    forged = Client(REMOTE_ADDR="198.51.100.99")
    forged.cookies["known"] = "eyJicm93c2VyIjoiYSIsImFjY291bnRzIjpbXX0:1w:forged"
    assert "Wait a quarter of an hour" in sign_in(forged).content.decode()


def test_tries_at_the_same_moment_are_counted_one_by_one(rf: RequestFactory) -> None:
    def may_try(number: int) -> bool:
        request = rf.post("/sign-in/", REMOTE_ADDR=f"198.51.100.{number}")
        account = counted_as(request, "ada@example.org")
        used = consume(request, app="allauth.account", action="login_failed", key=account)
        return used is not None

    with ThreadPoolExecutor(max_workers=8) as pool:
        allowed = list(pool.map(may_try, range(LIMIT * 3)))
    assert sum(allowed) == LIMIT


def test_tries_over_the_limit_are_kept_too(people: Cast) -> None:
    for number in range(LIMIT + 1):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{number}"), password="not the passphrase")
    reasons = [entry.details["reason"] for entry in entries(audit.Action.SIGN_IN_REFUSED)]
    assert reasons == ["password"] * LIMIT + ["too_many_tries"]


def test_one_address_asking_again_and_again_is_told_to_wait(people: Cast) -> None:
    client = Client(REMOTE_ADDR="198.51.100.7")
    answers = [sign_in(client, email=f"p{n}@example.org", password="guess") for n in range(31)]
    assert answers[-1].status_code == 429
    assert "That was often in a short time" in answers[-1].content.decode()
