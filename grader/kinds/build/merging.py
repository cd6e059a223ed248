"""Brings a prepared change into files that a learner has edited: a merge of three texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, kw_only=True)
class Merged:
    """``clashed``: some lines were changed on both sides, and the change's were taken."""

    text: str
    clashed: bool = False


def merged_files(
    *, base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> tuple[dict[str, str], bool]:
    """The files of ``ours`` that get another text by what leads from ``base`` to ``theirs``, and
    whether edits of ours were written over."""
    changed: dict[str, str] = {}
    clashed = False
    for path, text in theirs.items():
        if base.get(path) == text:
            continue
        merged = merge(base=base.get(path, ""), ours=ours.get(path, ""), theirs=text)
        clashed = clashed or merged.clashed
        if merged.text != ours.get(path):
            changed[path] = merged.text
    return changed, clashed


def merge(*, base: str, ours: str, theirs: str) -> Merged:
    """Our text with what changed from ``base`` to ``theirs``. Where both changed the same lines,
    theirs are taken."""
    old, mine, new = base.splitlines(), ours.splitlines(), theirs.splitlines()
    lines: list[str] = []
    clashed = False
    at_old = at_mine = at_new = 0
    for old_end, mine_end, new_end, length in _common(old, mine, new):
        part = (old[at_old:old_end], mine[at_mine:mine_end], new[at_new:new_end])
        chosen, both = _chosen(*part)
        lines += chosen
        clashed = clashed or both
        lines += old[old_end : old_end + length]
        at_old, at_mine, at_new = old_end + length, mine_end + length, new_end + length
    return Merged(text="\n".join(lines) + "\n" if lines else "", clashed=clashed)


def _chosen(old: list[str], mine: list[str], new: list[str]) -> tuple[list[str], bool]:
    """One stretch between lines that all three share. What both added is kept, ours first."""
    if new in (old, mine):
        return mine, False
    if not old:
        return [*mine, *new], False
    if old and mine[: len(old)] == old:  # ours only goes on where it ended
        return [*new, *mine[len(old) :]], False
    return new, mine != old


def _common(old: list[str], mine: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where lines of all three texts are the same: places and length; last the texts' ends."""
    in_mine = _places(old, mine)
    in_new = _places(old, new)
    at = 0
    while at < len(old):
        if at not in in_mine or at not in in_new:
            at += 1
            continue
        length = 1
        while (
            in_mine.get(at + length) == in_mine[at] + length
            and in_new.get(at + length) == in_new[at] + length
        ):
            length += 1
        yield at, in_mine[at], in_new[at], length
        at += length
    yield len(old), len(mine), len(new), 0


def _places(old: list[str], other: list[str]) -> dict[int, int]:
    """Line of ``old`` to the line of ``other`` that it is."""
    blocks = SequenceMatcher(None, old, other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
