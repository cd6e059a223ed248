"""Keeps every sign-in, every refused one and every sign-out in the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.mfa.signals import authentication_failed
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
    authentication_failed.connect(_second_factor_refused, dispatch_uid="trail")


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
