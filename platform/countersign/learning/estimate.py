"""What tasks say about a skill, with how sure one can be: docs/decisions/0012.

A one-parameter response model (Rasch). Someone of ability θ reaches a share 1 / (1 + e^(b − θ)) of
a task of difficulty b (read to one decimal). Before any task θ is taken to be spread as
Normal(0, SPREAD²); each task multiplies in how likely its outcome is. What is left is a
distribution over θ, on a fixed grid; its mean and its middle 95 % are the estimate. All functions
are pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from math import exp, log

SPREAD = 1.5
"""How far apart people are before anything is known, in logits."""

STEPS = tuple(-6 + 0.1 * at for at in range(121))
"""The grid of abilities."""

HALF_LIFE = timedelta(days=180)
"""After so long a task says half as much as a new one."""

HINT_SHARE = (1.0, 0.75, 0.5, 0.25)
"""What a task says after 0, 1, 2 or 3 hints, as a share of what it says without."""

FLOOR = 0.02
"""The least chance the model gives to anything: one slip or one lucky hit moves nobody far."""

TRIES_TO_TRUST = 8
"""So many first tries of other people weigh as much as the middling difficulty one starts from."""

LOW, HIGH = 0.025, 0.975


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One graded task, for one skill. ``share`` is 0 to 1, ``weight`` 0 to 1."""

    share: float
    difficulty: float = 0.0
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """``ability`` in logits, and the share of a middling task that goes with it, in per cent:
    the mean and the 95 % interval. ``weight`` is how many fresh tasks without help it rests on."""

    ability: float
    low_ability: float
    high_ability: float
    weight: float

    @property
    def score(self) -> float:
        return percent(self.ability)

    @property
    def low(self) -> float:
        return percent(self.low_ability)

    @property
    def high(self) -> float:
        return percent(self.high_ability)


def expected_share(ability: float, difficulty: float = 0.0) -> float:
    """What someone of this ability reaches of such a task, 0 to 1."""
    return 1 / (1 + exp(difficulty - ability))


def percent(ability: float) -> float:
    """An ability as the share of a middling task, 0 to 100."""
    return round(100 * expected_share(ability), 1)


def estimate(observations: Iterable[Observation]) -> Estimate:
    """The ability behind these tasks. Without any it is the middle, and anything is possible."""
    tasks = list(observations)
    masses = _posterior(tasks)
    total = sum(masses)
    mean = sum(step * mass for step, mass in zip(STEPS, masses, strict=True)) / total
    return Estimate(
        ability=mean,
        low_ability=_quantile(masses, LOW * total),
        high_ability=_quantile(masses, HIGH * total),
        weight=sum(task.weight for task in tasks),
    )


def _posterior(tasks: Sequence[Observation]) -> list[float]:
    """How likely each ability of the grid is. A share counts as so much right, the rest wrong."""
    logs = [-((step / SPREAD) ** 2) / 2 for step in STEPS]
    for task in tasks:
        right, wrong = task.weight * task.share, task.weight * (1 - task.share)
        chances = _log_chances(round(task.difficulty, 1))
        logs = [
            each + right * yes + wrong * no for each, (yes, no) in zip(logs, chances, strict=True)
        ]
    highest = max(logs)
    return [exp(each - highest) for each in logs]


@lru_cache(maxsize=256)
def _log_chances(difficulty: float) -> tuple[tuple[float, float], ...]:
    """For each ability of the grid, the logs of how likely right and wrong are."""
    chances = (FLOOR + (1 - 2 * FLOOR) * expected_share(step, difficulty) for step in STEPS)
    return tuple((log(chance), log(1 - chance)) for chance in chances)


def _quantile(masses: Sequence[float], wanted: float) -> float:
    """The ability below which so much of the mass lies, within a step of the grid."""
    below = 0.0
    for step, mass in zip(STEPS, masses, strict=True):
        if below + mass >= wanted:
            part = (wanted - below) / mass if mass else 0.0
            return step + (part - 0.5) * (STEPS[1] - STEPS[0])
        below += mass
    return STEPS[-1]


def freshness(at: datetime, now: datetime) -> float:
    """What a task of then says now, 0 to 1: half after each HALF_LIFE."""
    age = max(now - at, timedelta())
    return float(0.5 ** (age / HALF_LIFE))


def hint_weight(hints: int) -> float:
    """What a task says after so many hints, 0 to 1."""
    return HINT_SHARE[min(hints, len(HINT_SHARE) - 1)]


def difficulty_of(shares: Sequence[float]) -> float:
    """The difficulty of a task from what other people reached at their first try, in logits.

    Held back towards the middle while few have tried: TRIES_TO_TRUST tries of half a share are
    added. Positive is harder.
    """
    total = len(shares) + TRIES_TO_TRUST
    share = (sum(shares) + TRIES_TO_TRUST / 2) / total
    return round(log((1 - share) / share), 3)


@dataclass(frozen=True, kw_only=True)
class Gain:
    """From one estimate to a later one, in points; ``certain`` when its interval leaves 0 out."""

    points: float
    low: float
    high: float

    @property
    def certain(self) -> bool:
        return self.low > 0 or self.high < 0


def gain(before: Sequence[Observation], after: Sequence[Observation]) -> Gain:
    """What changed between two sets of tasks of the same person, with a 95 % interval.

    Both are taken as independent: the distribution of the difference is worked out on the grid.
    """
    first, second = _thinned(before), _thinned(after)
    differences = sorted(
        (percent(late) - percent(early), one * two) for early, one in first for late, two in second
    )
    total = sum(mass for _, mass in differences)
    mean = sum(points * mass for points, mass in differences) / total
    return Gain(
        points=round(mean, 1),
        low=round(_weighted_quantile(differences, LOW * total), 1),
        high=round(_weighted_quantile(differences, HIGH * total), 1),
    )


def _thinned(tasks: Sequence[Observation]) -> list[tuple[float, float]]:
    """Every second ability of the grid with its mass: fine enough for whole points."""
    return list(zip(STEPS, _posterior(tasks), strict=True))[::2]


def _weighted_quantile(pairs: Sequence[tuple[float, float]], wanted: float) -> float:
    below = 0.0
    for value, mass in pairs:
        below += mass
        if below >= wanted:
            return value
    return pairs[-1][0]
