# mypy: disallow-subclassing-any=False
"""allauth's forms in the product's words: labels stay, placeholders go."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _("At least 12 characters. Four unrelated words make a good one.")
EMAIL_EXAMPLE = _("Enter an e-mail address like name@example.org")


class Plain(forms.Form):
    """Takes placeholders away: a label that vanishes while one types helps nobody."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.error_messages["required"] = _("Fill in this field: %(label)s") % {
                "label": field.label
            }
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = EMAIL_EXAMPLE


class SignIn(Plain, allauth.LoginForm):
    labels = {"login": _("E-mail address"), "password": _("Password")}


class SignUp(Plain, allauth.SignupForm):
    field_order = ["name", "email", "password1"]
    labels = {"email": _("E-mail address"), "password1": _("Password")}
    hints = {
        "name": _("What your instructor calls you. You can change it later."),
        "password1": PASSWORD_HINT,
    }


class AskForReset(Plain, allauth.ResetPasswordForm):
    labels = {"email": _("E-mail address")}


class ChooseNewPassword(Plain, allauth.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("New password, again")}
    hints = {"password1": PASSWORD_HINT}


class ChangePassword(Plain, allauth.ChangePasswordForm):
    labels = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password, again"),
    }
    hints = {"password1": PASSWORD_HINT}


class ChangeAddress(Plain, allauth.AddEmailForm):
    labels = {"email": _("New e-mail address")}


class ConfirmPassword(Plain, allauth.ReauthenticateForm):
    labels = {"password": _("Your password")}
