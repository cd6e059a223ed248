"""Which lines a model wrote that no check has gone through yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from grader.kinds.build.session import Played
from grader.kinds.build.watching import Lines, telling_lines

Files = Mapping[str, str]


def unproved(
    session: Sequence[Played], files: Files, covered: Iterable[tuple[Files, Lines]]
) -> dict[str, list[int]]:
    """By file, the lines of ``files`` that do something, were written by a model in this session,
    and that no check which held went through. ``covered`` are the files of each check run with the
    lines that its checks went through."""
    runs = list(covered)
    found: dict[str, list[int]] = {}
    for name, text in files.items():
        proved: set[int] = set()
        for then, lines in runs:
            proved |= _moved(then.get(name, ""), text, lines.get(name, frozenset()))
        left = (_written_by_model(name, text, session) & telling_lines(text)) - proved
        if left:
            found[name] = sorted(left)
    return found


def _written_by_model(name: str, text: str, session: Sequence[Played]) -> set[int]:
    """The lines of the text that came with a change of the partner's or a model's."""
    ours: set[int] = set()
    stood = ""
    for each in session:
        stood = each.before.get(name, "")
        if each.turn.did in ("undone", "taken_back"):
            continue
        proposed, kept = each.proposed.get(name, ""), each.kept.get(name, "")
        added = _new(stood, proposed) if each.turn.ask else set()
        ours = _moved(proposed, kept, _moved(stood, proposed, ours) | added)
        stood = kept
    return _moved(stood, text, ours)


def _new(before: str, now: str) -> set[int]:
    """The lines of ``now`` that weren't there before, counted from 1."""
    same = _pairs(before, now).values()
    return set(range(1, len(now.splitlines()) + 1)) - set(same)


def _moved(before: str, now: str, lines: Iterable[int]) -> set[int]:
    """Where these lines of ``before`` stand in ``now``, if they are still the same."""
    pairs = _pairs(before, now)
    return {pairs[line] for line in lines if line in pairs}


def _pairs(before: str, now: str) -> dict[int, int]:
    if before == now:
        return {line: line for line in range(1, len(now.splitlines()) + 1)}
    matcher = SequenceMatcher(None, before.splitlines(), now.splitlines(), autojunk=False)
    return {
        block.a + step + 1: block.b + step + 1
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
