"""Keys for programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command

from countersign.accounts.models import ApiToken, User
from countersign.accounts.services import make_api_token, make_guest, revoke_api_token
from countersign.common import clock
from tests.cast import Cast


def test_a_key_finds_its_person(people: Cast) -> None:
    secret = make_api_token(user=people.ada, name="laptop")
    token = ApiToken.objects.find(secret)
    assert token is not None
    assert token.user == people.ada


def test_the_key_itself_is_not_stored(people: Cast) -> None:
    secret = make_api_token(user=people.ada, name="laptop")
    assert secret not in str(list(ApiToken.objects.values()))


def test_a_withdrawn_or_old_key_opens_nothing(people: Cast) -> None:
    secret = make_api_token(user=people.ada, name="laptop")
    with clock.pretend(clock.now() + timedelta(days=91)):
        assert ApiToken.objects.find(secret) is None
    revoke_api_token(token=ApiToken.objects.get(), actor=people.ada)
    assert ApiToken.objects.find(secret) is None


def test_the_key_of_somebody_who_left_opens_nothing(people: Cast) -> None:
    secret = make_api_token(user=people.ada, name="laptop")
    User.objects.filter(pk=people.ada.pk).update(is_active=False)
    assert ApiToken.objects.find(secret) is None


def test_the_command_prints_a_key_that_works(
    people: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("api_token", "ADA@example.org")
    token = ApiToken.objects.find(capsys.readouterr().out.strip())
    assert token is not None


@pytest.mark.django_db
def test_nobody_signs_in_as_a_guest() -> None:
    guest = make_guest()
    assert not guest.is_active
    assert not guest.has_usable_password()


@pytest.mark.django_db
def test_addresses_are_one_whatever_their_case() -> None:
    user = User.objects.create_user("Mina@Example.org", "x" * 12)
    assert User.objects.get_by_natural_key("MINA@example.org") == user
