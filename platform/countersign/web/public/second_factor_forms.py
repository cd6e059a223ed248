# mypy: disallow-subclassing-any=False
"""allauth's second-factor forms in the product's words."""

from __future__ import annotations

from allauth.mfa.base import forms as allauth
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _

from countersign.web.public.account_forms import Plain

CODE_HINT = _("Six digits from your authenticator app, or one of your recovery codes.")


class EnterCode(Plain, allauth.AuthenticateForm):
    labels = {"code": _("Code")}
    hints = {"code": CODE_HINT}


class ConfirmCode(Plain, allauth.ReauthenticateForm):
    labels = {"code": _("Code")}
    hints = {"code": CODE_HINT}


class FirstCode(Plain, totp.ActivateTOTPForm):
    labels = {"code": _("Code from the app")}
    hints = {"code": _("The six digits that the app shows now.")}
