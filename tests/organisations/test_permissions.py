"""What each role may do."""

from __future__ import annotations

import pytest

from countersign.organisations.models import Role
from countersign.organisations.permissions import PERMISSIONS, Permission, can
from tests.cast import Cast

TABLE = {
    "ada": {Permission.STUDY},
    "ben": {Permission.TEACH, Permission.INVITE, Permission.REGRADE},
    "eve": {Permission.OVERSEE},
    "olu": {Permission.OPERATE},
    "zoe": set(),
}


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("name", TABLE)
def test_who_may_do_what_at_northgate(people: Cast, name: str, permission: Permission) -> None:
    allowed = can(getattr(people, name), permission, people.northgate)
    assert allowed is (permission in TABLE[name])


def test_every_role_is_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Role)


def test_no_role_operates_the_site() -> None:
    assert all(Permission.OPERATE not in allowed for allowed in PERMISSIONS.values())
