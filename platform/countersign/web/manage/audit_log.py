"""Who did what to what: everything that was kept, filtered and in pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from countersign import audit
from countersign.accounts.models import User
from countersign.organisations.models import Organisation
from countersign.web.access import Door, door
from countersign.web.staff import page

PAGE_SIZE = 50


class FilterForm(forms.Form):
    """What to look for. Every field may be empty."""

    action = forms.ChoiceField(label=gettext_lazy("What was done"), required=False)
    who = forms.CharField(
        label=gettext_lazy("By whom"), required=False, help_text=gettext_lazy("Part of a name.")
    )
    since = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        everything = [("", gettext_lazy("Everything")), *audit.Action.choices]
        self.fields["action"].choices = everything  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Line:
    """One entry, with the names behind its ids; ids stay where the row is gone."""

    entry: audit.Entry
    who: str
    organisation: str


@door(Door.OPERATE)
@require_safe
def manage_audit(request: HttpRequest) -> HttpResponse:
    """The log, newest first."""
    form = FilterForm(request.GET)
    entries = _filtered(form) if form.is_valid() else audit.Entry.objects.none()
    found = Paginator(entries.order_by("-id"), PAGE_SIZE).get_page(request.GET.get("page"))
    return page(
        request,
        "manage/audit.html",
        door=Door.OPERATE,
        form=form,
        rows=found,
        lines=_lines(found.object_list),
    )


def _filtered(form: FilterForm) -> QuerySet[audit.Entry]:
    asked, entries = form.cleaned_data, audit.Entry.objects.all()
    if asked["action"]:
        entries = entries.filter(action=asked["action"])
    if asked["who"]:
        named = Q(name__icontains=asked["who"]) | Q(email__icontains=asked["who"])
        entries = entries.filter(actor__in=User.objects.filter(named).values("pk"))
    if asked["since"]:
        entries = entries.filter(at__gte=_midnight(asked["since"]))
    if asked["until"]:
        entries = entries.filter(at__lt=_midnight(asked["until"]) + timedelta(days=1))
    return entries


def _midnight(day: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _lines(entries: Iterable[audit.Entry]) -> list[Line]:
    entries = list(entries)
    people = _names(User.objects.filter(pk__in={entry.actor for entry in entries}))
    orgs = _names(Organisation.objects.filter(pk__in={entry.organisation for entry in entries}))
    return [
        Line(
            entry,
            people.get(entry.actor, str(entry.actor or "")),
            orgs.get(entry.organisation, str(entry.organisation or "")),
        )
        for entry in entries
    ]


def _names(rows: Iterable[User | Organisation]) -> dict[UUID | None, str]:
    return {row.pk: str(row) for row in rows}
