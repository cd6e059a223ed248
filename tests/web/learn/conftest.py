"""A signed-in Ada, and the addresses of her exercise."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import RIGHT, Cast

COURSE = "/courses/just-enough-python/"
UNIT = "/learn/just-enough-python/first-steps/"
LESSON = f"{UNIT}names-and-values/"
EXERCISE = f"{UNIT}ticket-price-1/"


@pytest.fixture
def ada(people: Cast, client: Client) -> Client:
    """Ada's browser."""
    client.force_login(people.ada)
    return client


def form(code: str = RIGHT, **fields: str) -> dict[str, str]:
    """What the form of the exercise sends."""
    return {"key": str(uuid4()), "revision": "0", "file:solution.py": code, **fields}
