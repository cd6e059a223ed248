"""Code from a template and one option for each decision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from random import Random

from grader.practice.decisions import Decision

_SLOT = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.([a-z0-9]+(?:-[a-z0-9]+)*))?\}")
MOST_COMBINATIONS = 500
_SEED = 20260101


def assembled(template: str, decisions: Sequence[Decision], taken: Mapping[str, str]) -> str:
    """The program that these options make.

    A slot that stands alone on its line takes code of several lines, each as deep as the slot;
    the line goes where the code is empty.
    """
    by_id = {decision.id: decision for decision in decisions}
    lines: list[str] = []
    for line in template.splitlines():
        lines += _lines(line, by_id, taken)
    return "\n".join(lines).strip("\n") + "\n"


def _lines(line: str, decisions: Mapping[str, Decision], taken: Mapping[str, str]) -> list[str]:
    alone = _SLOT.fullmatch(line.strip())
    if alone is not None and alone[1] in decisions:
        code = _code(alone, decisions, taken)
        indent = line[: len(line) - len(line.lstrip())]
        return [indent + each if each.strip() else "" for each in code.rstrip().splitlines()]
    return [_SLOT.sub(lambda slot: _code(slot, decisions, taken), line)]


def _code(slot: re.Match[str], decisions: Mapping[str, Decision], taken: Mapping[str, str]) -> str:
    decision = decisions.get(slot[1])
    if decision is None:
        return slot[0]
    return decision.options[taken[decision.id]].code_of(slot[2] or "").rstrip("\n")


def slots(template: str) -> set[str]:
    """The names that stand in braces in a template and look like a decision's id."""
    return {match[1] for match in _SLOT.finditer(template)}


def combinations(decisions: Sequence[Decision]) -> Iterator[dict[str, str]]:
    """Every combination of options, or a fixed sample of 500 where there are more."""
    names = [decision.id for decision in decisions]
    options = [list(decision.options) for decision in decisions]
    count = 1
    for each in options:
        count *= len(each)
    if count <= MOST_COMBINATIONS:
        for chosen in product(*options):
            yield dict(zip(names, chosen, strict=True))
        return
    random = Random(_SEED)  # noqa: S311 -- a fixed sample, not a secret
    for _ in range(MOST_COMBINATIONS):
        yield {name: random.choice(each) for name, each in zip(names, options, strict=True)}
