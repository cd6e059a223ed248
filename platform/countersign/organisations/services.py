"""What is done with organisations and roles."""

from __future__ import annotations

from django.db import transaction

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


def open_organisation() -> Organisation:
    """The organisation in which anyone may learn, made when first asked for."""
    organisation, _ = Organisation.objects.get_or_create(
        is_open=True, defaults={"name": "Open courses", "slug": "open-courses"}
    )
    return organisation
