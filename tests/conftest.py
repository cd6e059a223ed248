"""Fixtures that every house uses."""

from __future__ import annotations

import pytest

from tests import cast


@pytest.fixture(autouse=True)
def fast_passwords(settings: pytest.FixtureRequest) -> None:
    """Hashing is slow on purpose; the tests of signing in don't measure it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture
def people(db: None) -> cast.Cast:
    """The cast, in the database."""
    return cast.gather()
