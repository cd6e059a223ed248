"""What an instructor chooses: whose work, judged by which version, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from countersign.accounts.models import User
from countersign.cohorts.models import Cohort
from countersign.exercises.models import Exercise, ExerciseVersion
from countersign.organisations.models import Organisation
from countersign.organisations.permissions import Permission, organisation_ids
from countersign.regrades.models import Policy
from countersign.regrades.services import Scope, Table
from countersign.regrades.services.applying import LONGEST_WHY

OWN = "own"


class ScopeForm(forms.Form):
    """Whose work on one exercise is judged anew, and by which version."""

    whose = forms.ChoiceField(label=gettext_lazy("Whose work"))
    version = forms.ChoiceField(label=gettext_lazy("Handed in for"), required=False)
    since = forms.DateField(
        label=gettext_lazy("Handed in from"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
    )
    until = forms.DateField(
        label=gettext_lazy("Handed in until"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
    )
    target = forms.ChoiceField(label=gettext_lazy("Judged by"))

    def __init__(self, *args: Any, exercise: Exercise, teacher: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exercise = exercise
        ids = organisation_ids(teacher, Permission.REGRADE)
        self.organisations = {
            str(each.pk): each for each in Organisation.objects.filter(pk__in=ids)
        }
        cohorts = Cohort.objects.visible_to(teacher).filter(organisation__in=ids)
        self.cohorts = {str(each.pk): each for each in cohorts.select_related("organisation")}
        versions = exercise.versions.order_by("-number")
        self.versions = {str(each.pk): each for each in versions}
        released = versions.filter(places__isnull=False).distinct()
        field = self.fields
        field["whose"].choices = self._whose()  # type: ignore[attr-defined]
        every = ("", _("any version"))
        field["version"].choices = [every, *map(_choice, versions)]  # type: ignore[attr-defined]
        own = (OWN, _("the version that each was handed in for"))
        field["target"].choices = [*map(_choice, released), own]  # type: ignore[attr-defined]

    def _whose(self) -> Sequence[tuple[str, str]]:
        all_of = [
            (key, _("Everyone of %(name)s") % {"name": each.name})
            for key, each in self.organisations.items()
        ]
        return [*all_of, *((key, str(each)) for key, each in self.cohorts.items())]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first one."))
        return found

    @property
    def scope(self) -> Scope:
        found = self.cleaned_data
        cohort = self.cohorts.get(found["whose"])
        return Scope(
            organisation=cohort.organisation if cohort else self.organisations[found["whose"]],
            exercise=self.exercise,
            version=self.versions.get(found["version"]),
            cohort=cohort,
            since=found["since"],
            until=found["until"],
        )

    @property
    def judging(self) -> ExerciseVersion | None:
        """The version that judges, None for each one's own."""
        return self.versions.get(self.cleaned_data["target"])


def _choice(version: ExerciseVersion) -> tuple[str, str]:
    day = f"{version.made_at:%Y-%m-%d}"
    words = _("version %(n)s, of %(day)s") % {"n": version.number, "day": day}
    return str(version.pk), words


class DecisionForm(forms.Form):
    """What becomes of the new results. ``seal`` stands for the table that was looked at."""

    policy = forms.ChoiceField(
        label=gettext_lazy("What becomes of them"),
        choices=Policy.choices,
        widget=forms.RadioSelect,
        initial=Policy.HIGHER,
    )
    why = forms.CharField(
        label=gettext_lazy("Why: learners read this"),
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.Textarea({"rows": 2}),
    )
    lowers = forms.BooleanField(
        label=gettext_lazy("Some results become lower. I’ve looked at them."), required=False
    )
    seal = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seal"] = table.seal
        names = {Policy.REPLACE: table.up + table.down + table.other, Policy.HIGHER: table.up}
        self.fields["policy"].choices = [  # type: ignore[attr-defined]
            (value, words if value == Policy.RECORD else f"{words}: {names[Policy(value)]}")
            for value, words in _policies()
        ]
        if not table.down:
            del self.fields["lowers"]


def _policies() -> list[tuple[str, str]]:
    return [
        (Policy.HIGHER.value, _("Replace only where the new one is higher")),
        (Policy.REPLACE.value, _("Replace every result that differs")),
        (Policy.RECORD.value, _("Change nothing, keep what was found")),
    ]
