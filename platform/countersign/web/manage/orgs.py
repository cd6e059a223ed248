"""Organisations: made here, with their roles and cohorts."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from countersign.accounts.models import User
from countersign.cohorts.services import NothingReleased, make_cohort
from countersign.organisations.models import Organisation, Role
from countersign.organisations.services import NameTaken, give_role, make_organisation, take_role
from countersign.web.access import Door, door, person
from countersign.web.staff import page

PAGE_SIZE = 50


class OrganisationForm(forms.Form):
    """A new tenant."""

    name = forms.CharField(label=gettext_lazy("Name of the organisation"), max_length=120)


class RoleForm(forms.Form):
    """Whom to give which role. Learners get theirs by joining a cohort."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Of somebody who has signed up."),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[
            (Role.INSTRUCTOR.value, gettext_lazy("Instructor: teaches, invites, regrades")),
            (Role.EMPLOYER.value, gettext_lazy("Employer: sees what learners share")),
            (Role.OWNER.value, gettext_lazy("Owner: teaches and looks after roles")),
        ],
    )

    def clean_email(self) -> str:
        """The address in the form in which it is stored, if somebody has it."""
        email = str(self.cleaned_data["email"]).lower()
        if not User.objects.filter(email=email, is_guest=False).exists():
            raise forms.ValidationError(_("Nobody with this address has signed up."))
        return email


class CohortForm(forms.Form):
    """A new cohort on the newest release."""

    name = forms.CharField(label=gettext_lazy("Name of the cohort"), max_length=120)
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("With both days, pages can say who is on pace."),
    )

    def clean(self) -> dict[str, object]:
        """The last day comes after the first."""
        cleaned: dict[str, object] = super().clean() or {}
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("The last day comes after the first."))
        return cleaned


@door(Door.OPERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def manage_orgs(request: HttpRequest) -> HttpResponse:
    """All organisations; a new one is made here."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_organisation(name=form.cleaned_data["name"], actor=person(request))
        except NameTaken:
            form.add_error("name", _("Another organisation has this name."))
        else:
            return redirect("manage_org", made.pk)
    asked = request.GET.get("q", "").strip()
    rows = (
        Organisation.objects.filter(name__icontains=asked)
        .annotate(
            places=Count("cohorts", distinct=True),
            staff=Count("memberships", filter=~Q(memberships__role=Role.LEARNER), distinct=True),
        )
        .order_by("name")
    )
    return page(
        request,
        "manage/orgs.html",
        door=Door.OPERATE,
        status=422 if form.errors else 200,
        rows=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        form=form,
        asked=asked,
    )


@door(Door.OPERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def manage_org(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """One organisation: who has which role, and its cohorts. A POST gives a role."""
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = User.objects.get(email=form.cleaned_data["email"])
        role = Role(form.cleaned_data["role"])
        give_role(organisation=organisation, user=user, role=role, actor=person(request))
        said = _("%(name)s now has this role.")
        messages.success(request, said % {"name": user.display_name})
        return redirect("manage_org", organisation_id)
    return _show(request, organisation, form, CohortForm())


def _show(
    request: HttpRequest, organisation: Organisation, form: RoleForm, cohort_form: CohortForm
) -> HttpResponse:
    roles = (
        organisation.memberships.exclude(role=Role.LEARNER)
        .select_related("user")
        .order_by("user__name", "role")
    )
    learning = Count("enrolments", filter=Q(enrolments__ended_at=None))
    return page(
        request,
        "manage/org.html",
        door=Door.OPERATE,
        status=422 if form.errors or cohort_form.errors else 200,
        organisation=organisation,
        roles=roles,
        learners=organisation.memberships.filter(role=Role.LEARNER).count(),
        cohorts=organisation.cohorts.select_related("release").annotate(places=learning),
        form=form,
        cohort_form=cohort_form,
    )


@door(Door.OPERATE)
@require_POST
def manage_make_cohort(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Make a cohort on the newest release."""
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    form = CohortForm(request.POST)
    if form.is_valid() and _made(request, organisation, form):
        messages.success(request, _("The cohort is made. Its instructors can invite learners."))
        return redirect("manage_org", organisation_id)
    return _show(request, organisation, RoleForm(), form)


def _made(request: HttpRequest, organisation: Organisation, form: CohortForm) -> bool:
    """Make it, or say on the form why that can't be."""
    asked = form.cleaned_data
    try:
        with transaction.atomic():
            make_cohort(
                organisation=organisation,
                name=asked["name"],
                starts_on=asked["starts_on"],
                ends_on=asked["ends_on"],
                actor=person(request),
            )
    except IntegrityError:
        form.add_error("name", _("This organisation has a cohort of this name."))
    except NothingReleased:
        form.add_error(None, _("There is no curriculum yet: run manage.py sync_curriculum."))
    return not form.errors


@door(Door.OPERATE)
@require_POST
def manage_take_role(
    request: HttpRequest, organisation_id: UUID, membership_id: int
) -> HttpResponse:
    """Take a role away. What the person made stays."""
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    held = get_object_or_404(organisation.memberships.exclude(role=Role.LEARNER), pk=membership_id)
    take_role(
        organisation=organisation, user=held.user, role=Role(held.role), actor=person(request)
    )
    said = _("%(name)s no longer has this role.")
    messages.success(request, said % {"name": held.user.display_name})
    return redirect("manage_org", organisation_id)
