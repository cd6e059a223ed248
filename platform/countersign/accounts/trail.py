"""Keeps in the audit trail who signed in, who was refused, and each change of how one signs in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from countersign import audit
from countersign.accounts import lifetime
from countersign.accounts.models import User


def listen() -> None:
    """Called once, when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="trail")
    user_logged_out.connect(_signed_out, dispatch_uid="trail")
    user_login_failed.connect(_password_refused, dispatch_uid="trail")
    mfa.authentication_failed.connect(_second_factor_refused, dispatch_uid="trail")
    for changed in (account.password_changed, account.password_set, account.password_reset):
        changed.connect(_password_changed, dispatch_uid="trail")
    account.email_changed.connect(_address_changed, dispatch_uid="trail")
    mfa.authenticator_added.connect(_second_factor_added, dispatch_uid="trail")
    mfa.authenticator_reset.connect(_second_factor_added, dispatch_uid="trail")
    mfa.authenticator_removed.connect(_second_factor_removed, dispatch_uid="trail")


def refused(email: str, *, reason: str) -> None:
    """Keep a refused sign-in. What was typed is not kept: people type passwords in wrong fields."""
    known = User.objects.filter(email=email.strip().lower()).first()
    audit.record(audit.Action.SIGN_IN_REFUSED, thing=known, reason=reason)


def _signed_in(*, user: User, request: HttpRequest, **_: Any) -> None:
    lifetime.begin(request)
    audit.record(audit.Action.SIGNED_IN, actor=user, thing=user)


def _signed_out(*, user: User | None, **_: Any) -> None:
    if user is not None and user.is_authenticated:
        audit.record(audit.Action.SIGNED_OUT, actor=user, thing=user)


def _password_refused(*, credentials: Mapping[str, str], **_: Any) -> None:
    refused(str(credentials.get("email", "")), reason="password")


def _second_factor_refused(*, user: User, **_: Any) -> None:
    refused(user.email, reason="second_factor")


def _password_changed(*, user: User, **_: Any) -> None:
    audit.record(audit.Action.PASSWORD_CHANGED, actor=user, thing=user)


def _address_changed(*, user: User, **_: Any) -> None:
    """Which addresses these were is not kept: the trail outlives the person's account."""
    audit.record(audit.Action.ADDRESS_CHANGED, actor=user, thing=user)


def _second_factor_added(*, user: User, authenticator: Authenticator, **_: Any) -> None:
    """An app, or new recovery codes."""
    kind = str(authenticator.type)
    audit.record(audit.Action.SECOND_FACTOR_ADDED, actor=user, thing=user, kind=kind)


def _second_factor_removed(*, user: User, authenticator: Authenticator, **_: Any) -> None:
    kind = str(authenticator.type)
    audit.record(audit.Action.SECOND_FACTOR_REMOVED, actor=user, thing=user, kind=kind)
