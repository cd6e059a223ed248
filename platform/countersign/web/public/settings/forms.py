"""What can be set on the settings page."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from countersign.accounts.models import Scope, Theme
from countersign.web.public.account_forms import Plain


class Myself(Plain):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    theme = forms.ChoiceField(
        label=_("Light or dark"),
        choices=[
            (Theme.SYSTEM, _("As my device")),
            (Theme.LIGHT, _("Light")),
            (Theme.DARK, _("Dark")),
        ],
        widget=forms.RadioSelect,
    )
    hints = {"name": _("What your instructor and, if you share, your employer call you.")}


class NewToken(Plain):
    token_name = forms.CharField(label=_("What it is for"), max_length=80)
    days = forms.TypedChoiceField(
        label=_("How long it works"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
        initial=90,
    )
    scope = forms.ChoiceField(
        label=_("How far it reaches"),
        choices=[
            (Scope.EVERYTHING, _("Everything I may do")),
            (Scope.INSIGHTS, _("Only read figures of cohorts I oversee")),
        ],
        initial=Scope.EVERYTHING,
        required=False,
    )
    hints = {"token_name": _("A name to tell it by, such as “build server”.")}

    @property
    def lifetime(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class Farewell(Plain):
    """A word typed out, so that nobody loses an account by a slip of the hand."""

    word = forms.CharField(
        label=_("Type “erase” to go on"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean_word(self) -> str:
        typed: str = self.cleaned_data["word"].strip().lower()
        if typed != gettext("erase"):
            raise forms.ValidationError(_("Type the word “erase” if you want this."))
        return typed
