"""What is done with organisations and roles."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from countersign import audit
from countersign.accounts.models import User
from countersign.organisations.models import Membership, Organisation, Role


@transaction.atomic
def give_role(
    *, organisation: Organisation, user: User, role: Role, actor: User | None = None
) -> Membership:
    """Give a role; having it already changes nothing."""
    membership, made = Membership.objects.get_or_create(
        organisation=organisation, user=user, role=role
    )
    if made:
        audit.record(
            audit.Action.ROLE_GIVEN,
            actor=actor,
            organisation=organisation.pk,
            thing=user,
            role=role.value,
        )
    return membership


@transaction.atomic
def take_role(
    *, organisation: Organisation, user: User, role: Role, actor: User | None = None
) -> bool:
    """Take a role away. False when the person didn't have it.

    Taking the learner's role ends no place in a cohort; ``end_enrolment`` does that.
    """
    held = Membership.objects.filter(organisation=organisation, user=user, role=role)
    gone, _ = held.delete()
    if gone:
        audit.record(
            audit.Action.ROLE_TAKEN,
            actor=actor,
            organisation=organisation.pk,
            thing=user,
            role=role.value,
        )
    return bool(gone)


class NameTaken(Exception):
    """Another organisation has this name or address."""


@transaction.atomic
def make_organisation(*, name: str, actor: User | None = None) -> Organisation:
    """Make a tenant. Its address is made from its name. Raises NameTaken."""
    slug = slugify(name)[:60] or "organisation"
    if Organisation.objects.filter(Q(name__iexact=name) | Q(slug=slug)).exists():
        raise NameTaken(name)
    organisation = Organisation.objects.create(name=name, slug=slug)
    audit.record(
        audit.Action.ORGANISATION_MADE,
        actor=actor,
        organisation=organisation.pk,
        thing=organisation,
    )
    return organisation


def open_organisation() -> Organisation:
    """The organisation in which anyone may learn, made when first asked for."""
    organisation, _ = Organisation.objects.get_or_create(
        is_open=True, defaults={"name": "Open courses", "slug": "open-courses"}
    )
    return organisation
