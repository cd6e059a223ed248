"""One table of what each role may do, and one question: ``can(user, permission, organisation)``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from countersign.accounts.models import User
from countersign.organisations.models import Membership, Organisation, Role


class Permission(StrEnum):
    STUDY = "study"  # open the cohort's courses and hand in work
    TEACH = "teach"  # see rosters, attempts and exercise results
    INVITE = "invite"  # make and withdraw invitations
    REGRADE = "regrade"
    OVERSEE = "oversee"  # the employer's view, within what learners share
    ADMINISTER = "administer"  # roles of the organisation
    OPERATE = "operate"  # the site itself; no role has it


PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(
        {Permission.TEACH, Permission.INVITE, Permission.REGRADE, Permission.ADMINISTER}
    ),
    Role.INSTRUCTOR: frozenset({Permission.TEACH, Permission.INVITE, Permission.REGRADE}),
    Role.EMPLOYER: frozenset({Permission.OVERSEE}),
    Role.LEARNER: frozenset({Permission.STUDY}),
}


def can(user: User, permission: Permission, organisation: Organisation | None = None) -> bool:
    """Whether the person may do this in the organisation (or on the site, for OPERATE)."""
    if permission is Permission.OPERATE:
        return user.is_authenticated and user.is_operator
    if organisation is None or not user.is_authenticated:
        return False
    return organisation.pk in organisation_ids(user, permission)


def roles_with(permission: Permission) -> list[Role]:
    """The roles that have a permission."""
    return [role for role, allowed in PERMISSIONS.items() if permission in allowed]


def organisation_ids(user: User, permission: Permission) -> set[UUID]:
    """The organisations in which this person has the permission."""
    if not user.is_authenticated:
        return set()
    return set(
        Membership.objects.filter(user=user, role__in=roles_with(permission)).values_list(
            "organisation_id", flat=True
        )
    )


def permissions_of(user: User) -> frozenset[Permission]:
    """Everything this person may do somewhere: which parts of the site they are shown."""
    if not user.is_authenticated:
        return frozenset()
    roles = Membership.objects.filter(user=user).values_list("role", flat=True).distinct()
    found = frozenset[Permission]().union(*(PERMISSIONS[Role(role)] for role in roles))
    return found | {Permission.OPERATE} if user.is_operator else found
