"""One exercise as plain frozen data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from grader.authored.spec import Spec
from grader.sandbox.base import Limits

_NOT_TEXT = {"uuid", "limits", "minutes", "skills"}


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """An exercise that its author's files describe. ``files`` maps relative path to text.

    Everything in ``files`` but ``starter/`` is hidden from learners: show ``shown()``.
    """

    spec: Spec
    brief: str
    coach: str
    files: Mapping[str, str]

    @property
    def uuid(self) -> UUID:
        return self.spec.uuid

    @property
    def title(self) -> str:
        return self.spec.title

    @property
    def kind(self) -> str:
        return self.spec.kind

    @property
    def skills(self) -> tuple[str, ...]:
        return tuple(self.spec.skills)

    @property
    def minutes(self) -> int:
        return self.spec.minutes

    @property
    def aided(self) -> bool:
        return self.spec.aided

    @property
    def open(self) -> bool:
        return self.spec.open

    @property
    def summary(self) -> str:
        return self.spec.summary

    @property
    def hints(self) -> tuple[str, ...]:
        return tuple(self.spec.hints)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over all files, the same on every machine for the same texts."""
        canonical = json.dumps(dict(self.files), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def hidden_texts(self) -> tuple[str | float, ...]:
        """Each text and number that only hidden checks know."""
        return tuple(self.spec.hidden_texts(self.files))

    @cached_property
    def known_text(self) -> str:
        """Everything a learner is shown, in one text: what is in here gives nothing away."""
        shown = {key: part for key, part in self.shown().items() if key not in _NOT_TEXT}
        return "\n".join(_texts(shown))

    def limits(self, *, ceilings: Limits) -> Limits:
        return self.spec.limits.under(ceilings)

    def folder(self, name: str) -> dict[str, str]:
        """The files of one folder, by their path inside it."""
        return {
            path.removeprefix(f"{name}/"): text
            for path, text in self.files.items()
            if path.startswith(f"{name}/")
        }

    def shown(self) -> dict[str, Any]:
        """All and only what a learner may see, as JSON values. Hints come one at a time."""
        limits = self.spec.limits
        return {
            "uuid": str(self.uuid),
            "kind": self.kind,
            "title": self.title,
            "summary": self.summary,
            "brief": self.brief,
            "skills": list(self.skills),
            "minutes": self.minutes,
            "aided": self.aided,
            "limits": limits.model_dump(),
            **self.spec.shown(self.files),
        }


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value
