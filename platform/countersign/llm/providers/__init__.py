"""Who can be asked. To add a provider, write its module and name it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from countersign.common.outbound import Deadline
from countersign.llm.connections import Connection


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as it goes out. ``reply_format`` is the protocol's ``response_format``."""

    messages: tuple[Mapping[str, str], ...]
    max_tokens: int
    temperature: float
    reply_format: Mapping[str, Any] | None = None


class Provider(Protocol):
    """One request, one answer: the body's text of a 200. Raises ModelAway for everything else."""

    def __call__(self, asked: Asked, *, connection: Connection, deadline: Deadline) -> str: ...


def provider(name: str) -> Provider:
    """The provider of this name; its library is loaded here and not before."""
    if name == "openai":
        from countersign.llm.providers.openai import complete

        return complete
    if name == "scripted":
        from countersign.llm.providers.scripted import complete as from_script

        return from_script
    from countersign.llm.providers.practice import complete as nobody

    return nobody


NAMES = frozenset({"openai", "practice", "scripted"})
