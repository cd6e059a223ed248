"""Reviews made up by chance, with a known key: lines that mean nothing, or that run."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import yaml

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.exercise import from_files
from grader.kinds.review.words import Category, Severity

HEAD: Mapping[str, Any] = {
    "title": "An item",
    "kind": "review",
    "skills": ["review.logic"],
    "minutes": 5,
    "summary": "Read it.",
    "hints": ["Look.", "Think.", "Compare."],
    "request": "Write it.",
}


def exercise(
    text: str,
    defects: list[dict[str, Any]],
    *,
    decoys: list[dict[str, Any]] | None = None,
    proof: bool = False,
    file: str = "thing.py",
    more: Mapping[str, str] | None = None,
    **changes: Any,
) -> Exercise:
    """An exercise from its artefact and its key."""
    spec = {
        **HEAD,
        "uuid": str(UUID(int=random.Random(text).getrandbits(128), version=4)),
        "artefact": {"file": file, "type": "code"},
        "proof": proof,
        "calls": ["fix"] if defects else ["use"],
        "defects": defects,
        "decoys": decoys or [],
        **changes,
    }
    files = {
        "exercise.yaml": json.dumps(spec, indent=1),
        "README.md": "# An item\n\nRead it.\n",
        "coach.md": "Nothing.\n",
        f"artefact/{file}": text,
        **(more or {}),
    }
    return from_files(files)


def item(seed: int, *, lines: int = 25) -> Exercise:
    """A review of that many lines with two to four defects whose places chance picks."""
    dice = random.Random(seed)
    text = "".join(f"value_{number} = {dice.randrange(1000)}\n" for number in range(1, lines + 1))
    spans = _spans(dice, count=dice.randint(2, 4), lines=lines)
    defects = [_defect(dice, number, span) for number, span in enumerate(spans)]
    return exercise(text, defects)


def _spans(dice: random.Random, *, count: int, lines: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    while len(spans) < count:
        length = dice.choice((1, 1, 2, 2, 3))
        first = dice.randint(1, lines - length)
        if all(first + length <= a or first > b for a, b in spans):
            spans.append((first, first + length - 1))
    return spans


def _defect(dice: random.Random, number: int, span: tuple[int, int]) -> dict[str, Any]:
    return {
        "id": f"defect-{number}",
        "lines": f"{span[0]}-{span[1]}",
        "category": dice.choice(list(Category)).value,
        "severity": dice.choice(list(Severity)).value,
        "explain": "It is wrong.",
        "corrected": "value = 0",
        "witness": {"reason": "style"},
    }


def oracle(item: Exercise, **more: Any) -> list[dict[str, Any]]:
    """The comments of somebody who knows the key, without evidence."""
    key = yaml.safe_load(item.files["exercise.yaml"])["defects"]
    return [{name: each[name] for name in ("lines", "category", "severity")} | more for each in key]


def guess(dice: random.Random, lines: str | int) -> dict[str, Any]:
    """A comment on some lines with the rest picked blindly."""
    return {
        "lines": lines,
        "category": dice.choice(list(Category)).value,
        "severity": dice.choice(list(Severity)).value,
    }


def review(findings: list[dict[str, Any]], call: str = "fix", **more: Any) -> Answer:
    return Answer(fields={"findings": findings, "call": call, **more})


@dataclass(frozen=True)
class Slip:
    """A function with one wrong line, and assertions that tell it from the right one or don't."""

    name: str
    right: str
    wrong_line: int
    wrong: str
    kills: tuple[str, ...]
    lets_through: tuple[str, ...]


SLIPS = (
    Slip(
        "is_late",
        "def is_late(days, grace=2):\n    return days > grace\n",
        2,
        "    return days >= grace",
        ("assert is_late(2) is False", "assert not is_late(5, grace=5)"),
        ("assert is_late(3)", "assert not is_late(1)", "assert True", "assert is_late"),
    ),
    Slip(
        "mean",
        "def mean(values):\n    if not values:\n        return None\n"
        "    return sum(values) / len(values)\n",
        4,
        "    return sum(values) // len(values)",
        ("assert mean([1, 2]) == 1.5", "assert mean([0.5]) == pytest.approx(0.5)"),
        ("assert mean([2, 4]) == 3", "assert mean([]) is None"),
    ),
    Slip(
        "words",
        "def words(text):\n    return text.split()\n",
        2,
        "    return text.split(' ')",
        ('assert words("a  b") == ["a", "b"]', 'assert words("") == []'),
        ('assert words("a b") == ["a", "b"]', 'assert len(words("one")) == 1'),
    ),
    Slip(
        "take",
        "def take(stock, name, count):\n    if count > stock[name]:\n"
        "        raise ValueError(name)\n    stock[name] -= count\n    return stock\n",
        2,
        "    if count < 0:",
        (
            'with pytest.raises(ValueError):\n    take({"a": 1}, "a", 2)',
            'def test_it():\n with pytest.raises(ValueError, match="a"): take({"a": 0}, "a", 1)',
        ),
        ('assert take({"a": 1}, "a", 1) == {"a": 0}',),
    ),
    Slip(
        "total",
        "def total(prices):\n    out = 0\n    for price in prices:\n        out += price\n"
        "    return out\n",
        4,
        "        out = price",
        ("assert total([1, 2]) == 3",),
        ("assert total([4]) == 4", "assert total([]) == 0"),
    ),
    Slip(
        "last",
        "def last(rows):\n    return rows[-1] if rows else None\n",
        2,
        "    return rows[-1]",
        ("assert last([]) is None",),
        ("assert last([1]) == 1",),
    ),
    Slip(
        "countdown",
        "def countdown(start):\n    out = []\n    while start > 0:\n        out.append(start)\n"
        "        start -= 1\n    return out\n",
        5,
        "        start -= 2 if start > 1 else 0",
        ("assert countdown(1) == [1]", "assert countdown(3) == [3, 2, 1]"),
        ("assert countdown(0) == []",),
    ),
)


def slip_item(slip: Slip) -> Exercise:
    """A review of 25 lines in which one line is wrong, to be proved by a test."""
    lines = slip.right.splitlines()
    right = lines[slip.wrong_line - 1]
    lines[slip.wrong_line - 1] = slip.wrong
    filling = [f"SPARE_{number} = {number}" for number in range(25 - len(lines))]
    text = "\n".join([*lines, *filling]) + "\n"
    own = "\n".join(f"    {line}" for line in slip.kills[0].splitlines())
    tests = f"import pytest\nfrom thing import *\n\n\ndef test_it():\n{own}\n"
    defect = {
        "id": "slip",
        "lines": str(slip.wrong_line),
        "category": "logic",
        "severity": "major",
        "explain": "It is wrong.",
        "corrected": right,
        "witness": {"tests": ["test_it"]},
    }
    return exercise(text, [defect], proof=True, more={"hidden/test_thing.py": tests})
