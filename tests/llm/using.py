"""Configures a model as an operator would."""

from __future__ import annotations

from typing import Any


def use(settings: Any, url: str, *, name: str = "scripted", deadline: int = 45) -> None:
    """Configure a model for every role."""
    settings.LLM_PROVIDER = "openai"
    settings.OPENAI_BASE_URL = url
    settings.OPENAI_API_KEY = "sk-test-the-sites-own-key"
    settings.LLM_MODELS = dict.fromkeys(("generator", "coach", "judge"), name)
    settings.LLM_DEADLINE = deadline
