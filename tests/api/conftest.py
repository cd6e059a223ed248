"""Clients that speak as somebody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from countersign.accounts.models import User
from countersign.accounts.services import make_api_token


@pytest.fixture
def as_() -> Callable[[User], APIClient]:
    """A client with the person's own key."""

    def client(user: User) -> APIClient:
        found = APIClient()
        secret = make_api_token(user=user, name="test")
        found.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return found

    return client
