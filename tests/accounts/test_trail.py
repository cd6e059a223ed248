"""What is kept of signing in."""

from __future__ import annotations

from allauth.account import signals
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from countersign import audit
from countersign.accounts import trail
from countersign.accounts.models import User
from tests import cast
from tests.cast import Cast


def test_a_refused_sign_in_names_the_account_and_the_reason(people: Cast) -> None:
    trail.refused(" ADA@example.org", reason="password")
    entry = audit.Entry.objects.get(action=audit.Action.SIGN_IN_REFUSED)
    assert (entry.thing, entry.details) == (str(people.ada.pk), {"reason": "password"})
    assert entry.actor is None


def test_a_changed_password_is_kept(people: Cast, client: Client) -> None:
    client.force_login(people.ada)
    new = "another long passphrase"
    fields = {"oldpassword": cast.PASSWORD, "password1": new, "password2": new}

    client.post(reverse("account_change_password"), fields)

    entry = audit.Entry.objects.get(action=audit.Action.PASSWORD_CHANGED)
    assert (entry.actor, entry.thing) == (people.ada.pk, str(people.ada.pk))


def test_a_changed_address_is_kept_without_the_address(people: Cast) -> None:
    signals.email_changed.send(User, request=None, user=people.ada)

    entry = audit.Entry.objects.get(action=audit.Action.ADDRESS_CHANGED)
    assert (entry.thing, entry.details) == (str(people.ada.pk), {})


def test_a_second_factor_is_kept_when_it_comes_and_when_it_goes(people: Cast) -> None:
    factor = Authenticator(user=people.ada, type=Authenticator.Type.TOTP)
    for signal in (mfa.authenticator_added, mfa.authenticator_removed):
        signal.send(Authenticator, request=None, user=people.ada, authenticator=factor)

    kept = audit.Entry.objects.filter(action__startswith="second_factor").order_by("pk")
    assert [entry.action for entry in kept] == ["second_factor_added", "second_factor_removed"]
