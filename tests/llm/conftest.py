"""A model on this machine, configured as an operator would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from countersign.llm import gateway
from tests.llm.server import ModelServer, model_server


@pytest.fixture
def model(settings: Any) -> Iterator[ModelServer]:
    """A scripted server that every role of the site asks."""
    with model_server() as server:
        use(settings, server.url)
        yield server


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the gateway would have waited between tries; the tests don't."""
    waited: list[float] = []
    monkeypatch.setattr(gateway, "sleep", waited.append)
    return waited


def use(settings: Any, url: str, *, name: str = "scripted", deadline: int = 45) -> None:
    """Configure a model for every role."""
    settings.LLM_PROVIDER = "openai"
    settings.OPENAI_BASE_URL = url
    settings.OPENAI_API_KEY = "sk-test-the-sites-own-key"
    settings.LLM_MODELS = dict.fromkeys(("generator", "coach", "judge"), name)
    settings.LLM_DEADLINE = deadline
