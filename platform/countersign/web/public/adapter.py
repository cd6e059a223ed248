# mypy: disallow-subclassing-any=False
"""Where allauth asks what this site wants: words, addresses, limits, mail."""

from __future__ import annotations

import base64
import hashlib
import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from countersign.accounts import trail
from countersign.accounts.models import Theme, User
from countersign.web.access import person
from countersign.web.places import first_page
from countersign.web.public import known_browser
from countersign.web.public.theme import show_theme

log = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):
    """Accounts: e-mail and password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy(
            "The e-mail address and the password don’t belong together. Check both, or ask for "
            "a new password."
        ),
        "too_many_login_attempts": gettext_lazy(
            "There were ten tries that didn’t work. Wait a quarter of an hour, or ask for a new "
            "password."
        ),
        "email_taken": gettext_lazy(
            "There is an account with this address. Sign in, or ask for a new password."
        ),
        "enter_current_password": gettext_lazy("This isn’t your current password."),
        "incorrect_password": gettext_lazy("This isn’t your password."),
        "incorrect_code": gettext_lazy("This code doesn’t work. The app shows a new one soon."),
        "duplicate_email": gettext_lazy("This is your address already."),
        "rate_limited": gettext_lazy("That was often in a short time. Wait a few minutes."),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return first_page(person(request))

    get_signup_redirect_url = get_login_redirect_url

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        known_browser.remember(request, response, user.email)
        return response if user.theme == Theme.SYSTEM else show_theme(response, user.theme)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("settings")

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of the very site that was asked; never another name it answers to."""
        request: HttpRequest = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the try before anything is hashed. Over the limit nothing is hashed at all."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            trail.refused(str(credentials.get("email", "")), reason="too_many_tries")
            raise

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries are counted by account. allauth adds the Host header, which the one who guesses
        chooses: each name the site answers to would bring ten tries more."""
        return known_browser.counted_as(request, str(credentials.get("email", "")))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away doesn't break the page: it is logged, and said."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            log.exception("A message could not be sent: %s", template_prefix)
            messages.warning(
                self.request,
                _("We couldn’t send you an e-mail just now. That is our fault. Try again later."),
            )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors. Their secrets are encrypted in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": Adapter.error_messages["incorrect_code"],
        "unverified_email": gettext_lazy(
            "Confirm your e-mail address first. Otherwise a stranger could lock you out of it."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    """Keys made from the site's secrets; the old ones still open what they closed."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"second factor:{secret}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
