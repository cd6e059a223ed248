"""What a kind is given to judge with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from grader.authored.spec import CEILINGS
from grader.kinds.generation import Generations
from grader.sandbox.base import Limits, Sandbox


@dataclass(frozen=True, kw_only=True)
class Tools:
    """The sandbox that runs code, and the site's ceilings over every exercise's limits.

    ``generations`` are a model's replies by the key of their request. None means that no model
    was asked, and the practice model plays.
    """

    sandbox: Sandbox
    ceilings: Limits = CEILINGS
    generations: Mapping[str, Generations] | None = None


@dataclass
class Phases:
    """How long each phase of one grading took, in seconds."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - start
