"""Other work that is done where learners' code runs, by workers that no bell reaches.

Parts above grading say in ``AppConfig.ready`` what they have; ``manage.py worker`` asks each in
turn when nothing waits to be graded.
"""

from __future__ import annotations

from collections.abc import Callable

TakeNext = Callable[[], bool]
"""Does one piece of work that waits; False when none does."""

_taking: list[TakeNext] = []


def also_take(take_next: TakeNext) -> None:
    """Have workers do this too."""
    if take_next not in _taking:
        _taking.append(take_next)


def take_next() -> bool:
    """Do one piece of it. False when nothing waits."""
    return any(take() for take in _taking)
