"""Which model answers for whom: the organisation's own, else the site's, else none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from countersign.llm import vault
from countersign.llm.models import ModelAccess


class Role(StrEnum):
    """What a model is asked to be."""

    GENERATOR = "generator"  # writes code from a learner's prompt
    COACH = "coach"  # writes feedback and suggestions
    JUDGE = "judge"  # proposes on formative criteria


@dataclass(frozen=True, kw_only=True)
class Connection:
    """Where and whom to ask. ``key`` is "" where this process doesn't hold it: only workers of
    the queue ``llm`` do. ``is_trusted`` says that the operator wrote the address."""

    provider: str
    base_url: str
    model: str
    key: str = ""
    organisation: UUID | None = None
    is_trusted: bool = False

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    def __repr__(self) -> str:
        return f"Connection({self.model} at {self.host})"


def connection(role: Role, organisation: UUID | None) -> Connection | None:
    """The connection for this role with its key, or None: no model is configured."""
    found = _described(role, organisation)
    if found is None or found.organisation is None:
        return found and _with(found, settings.OPENAI_API_KEY)
    access = ModelAccess.objects.get(organisation=found.organisation)
    return _with(found, vault.opened(bytes(access.sealed_key), bound_to=access.base_url))


def model_name(role: Role, organisation: UUID | None) -> str:
    """The model that would answer, "" for none. Needs no key: for pages and for queueing."""
    found = _described(role, organisation)
    return found.model if found else ""


def is_anything_configured() -> bool:
    """Whether any role of the site or of any organisation has a model."""
    return any(settings.LLM_MODELS.values()) or ModelAccess.objects.filter(is_on=True).exists()


def _described(role: Role, organisation: UUID | None) -> Connection | None:
    own = ModelAccess.objects.filter(organisation=organisation).first() if organisation else None
    if own is not None:
        if not own.is_on or not own.model_for(role.value):
            return None
        return Connection(
            provider="openai",
            base_url=own.base_url,
            model=own.model_for(role.value),
            organisation=own.organisation_id,
        )
    model = settings.LLM_MODELS[role.value]
    if not model:
        return None
    return Connection(
        provider=settings.LLM_PROVIDER,
        base_url=settings.OPENAI_BASE_URL,
        model=model,
        is_trusted=True,
    )


def _with(found: Connection, key: str) -> Connection:
    return Connection(
        provider=found.provider,
        base_url=found.base_url,
        model=found.model,
        key=key,
        organisation=found.organisation,
        is_trusted=found.is_trusted,
    )
