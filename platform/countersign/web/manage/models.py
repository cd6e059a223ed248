"""Language models: what they were asked, what it came to, and an organisation's own."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from countersign.llm import access, books
from countersign.llm.connections import Role, model_name
from countersign.llm.models import ModelAccess
from countersign.organisations.models import Organisation
from countersign.web.access import Door, door, person
from countersign.web.staff import page


class AccessForm(forms.Form):
    """An organisation's own model. The key is written and never shown again."""

    base_url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=300,
        help_text=gettext_lazy("It usually ends in /v1. Another address needs its key again."),
    )
    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=400,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Left empty, the stored key stays. It is encrypted for its address."
        ),
    )
    generator = forms.CharField(
        label=gettext_lazy("Model that writes code from prompts"), max_length=120, required=False
    )
    coach = forms.CharField(
        label=gettext_lazy("Model that comments and suggests"), max_length=120, required=False
    )
    judge = forms.CharField(
        label=gettext_lazy("Model that proposes on criteria"), max_length=120, required=False
    )
    is_on = forms.BooleanField(label=gettext_lazy("Use it"), required=False)


@door(Door.OPERATE)
@require_safe
def manage_models(request: HttpRequest) -> HttpResponse:
    """The ledger: limits, organisations, cost of one piece of work, endpoints, newest calls."""
    return page(
        request,
        "manage/models.html",
        door=Door.OPERATE,
        roles=[(role.value, model_name(role, None)) for role in Role],
        site=books.of_the_site(),
        organisations=books.by_organisation(),
        costs=books.costs(),
        endpoints=books.endpoints(),
        calls=books.newest_calls(),
    )


@door(Door.OPERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def manage_org_model(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """One organisation's own model. A POST sets it."""
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    stored = ModelAccess.objects.filter(organisation=organisation).first()
    form = AccessForm(request.POST or None, initial=_as_stored(stored))
    if request.method == "POST" and form.is_valid() and _set(request, organisation, form):
        messages.success(request, _("The organisation’s model is set and used from now on."))
        return redirect("manage_org_model", organisation_id)
    return page(
        request,
        "manage/org_model.html",
        door=Door.OPERATE,
        status=422 if form.errors else 200,
        organisation=organisation,
        stored=stored,
        form=form,
    )


def _as_stored(stored: ModelAccess | None) -> dict[str, object]:
    if stored is None:
        return {"is_on": True}
    names = ("base_url", "generator", "coach", "judge", "is_on")
    return {name: getattr(stored, name) for name in names}


def _set(request: HttpRequest, organisation: Organisation, form: AccessForm) -> bool:
    asked = form.cleaned_data
    wish = access.Wish(
        base_url=asked["base_url"],
        key=asked["key"] or None,
        generator=asked["generator"],
        coach=asked["coach"],
        judge=asked["judge"],
        is_on=asked["is_on"],
    )
    try:
        access.set_access(organisation, wish, actor=person(request))
    except access.BadAddress as reason:
        form.add_error("base_url", str(reason))
    return not form.errors


@door(Door.OPERATE)
@require_POST
def manage_clear_org_model(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Forget the organisation's model and its key."""
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    if access.clear_access(organisation, actor=person(request)):
        messages.success(request, _("The organisation’s model and its key are forgotten."))
    return redirect("manage_org_model", organisation_id)
