"""Fixtures that every house uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests import cast
from tests.llm.server import ModelServer, model_server
from tests.llm.using import use

# A busy machine is no reason for a test to fail.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def fast_passwords(settings: pytest.FixtureRequest) -> None:
    """Hashing is slow on purpose; the tests of signing in don't measure it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def no_model(settings: pytest.FixtureRequest) -> None:
    """Without a model unless a test brings its own: no test asks what the environment names."""
    settings.LLM_MODELS = dict.fromkeys(("generator", "coach", "judge"), "")  # type: ignore[attr-defined]
    settings.OPENAI_API_KEY = ""  # type: ignore[attr-defined]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the gateway would have waited between tries; the tests don't."""
    from countersign.llm import gateway

    waited: list[float] = []
    monkeypatch.setattr(gateway, "sleep", waited.append)
    return waited


@pytest.fixture
def model(settings: Any, waits: list[float]) -> Iterator[ModelServer]:
    """A scripted server that every role of the site asks."""
    with model_server() as server:
        use(settings, server.url)
        yield server


@pytest.fixture
def people(db: None) -> cast.Cast:
    """The cast, in the database."""
    return cast.gather()
