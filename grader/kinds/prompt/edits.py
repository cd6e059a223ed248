"""What changed from one prompt to the next, in decisions and not in words."""

from __future__ import annotations

from dataclasses import dataclass

from grader.authored.exercise import Exercise
from grader.kinds.prompt.judge import recogniser_of
from grader.kinds.prompt.spec import PromptSpec
from grader.practice.text import without_unseen


@dataclass(frozen=True, kw_only=True)
class Change:
    """One decision that is read differently. ``before`` and ``after`` name options; several
    where a prompt contradicts itself, none where it says nothing."""

    decision: str
    about: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Edit:
    """``trivial``: the words differ and no decision does. ``same``: not even the words differ."""

    changes: tuple[Change, ...]
    same: bool

    @property
    def trivial(self) -> bool:
        return not self.changes and not self.same


def edit(exercise: Exercise, before: str, after: str) -> Edit:
    """What an edit changed, as the practice model reads both prompts. Pure."""
    assert isinstance(exercise.spec, PromptSpec)
    reader = recogniser_of(exercise)
    old, new = reader.stated(without_unseen(before)), reader.stated(without_unseen(after))
    changes = tuple(
        Change(
            decision=each.id, about=each.about, before=old[each.id].says, after=new[each.id].says
        )
        for each in exercise.spec.decisions
        if set(old[each.id].says) != set(new[each.id].says)
    )
    return Edit(changes=changes, same=before.split() == after.split())
