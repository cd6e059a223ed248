"""What a kind asks a model for, and what a model gave: data, so that judging stays pure.

Whoever holds a model's key calls ``Kind.requests(exercise, answer)``, has each request answered
``trials`` times, and hands all of it to the grader as ``Tools.generations``. The process that runs
a learner's code never holds a key. Without generations the practice model plays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.sandbox.base import HarnessBroken

TRIALS = 3
TEMPERATURE = 0.2
MOST_TOKENS = 1500


@dataclass(frozen=True, kw_only=True)
class GenerationRequest:
    """One question to a model. ``key`` names it within its answer and is the same every time.

    ``prompt`` is a learner's text, hostile until proven otherwise: it goes into a user message of
    its own. Nothing hidden is in ``system`` or ``prompt``. ``max_tokens`` caps each reply.
    """

    key: str
    system: str
    prompt: str
    trials: int = TRIALS
    temperature: float = TEMPERATURE
    max_tokens: int = MOST_TOKENS


@dataclass(frozen=True, kw_only=True)
class Generations:
    """What a model replied to one request, trial by trial, exactly as it came.

    ``engine`` is the model's id as results store it; ``parameters`` are JSON values that say how
    it was asked. Only real replies stand in ``trials``: a call that gave none is no trial.
    """

    engine: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    trials: tuple[str, ...]


def replies_to(request: GenerationRequest, generations: Mapping[str, Generations]) -> Generations:
    """The generations for this request. Raises HarnessBroken unless there is at least one trial:
    a model that didn't answer is no fault of the learner's, and no other engine takes its place.
    """
    found = generations.get(request.key)
    if found is None or not found.trials:
        raise HarnessBroken(f"no generation for “{request.key}” was handed to the grader")
    return found
