"""The literals that hidden checks know, and a guard that keeps them out of learners' sight."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any

SMALLEST_TELLING_NUMBER = 10
SHORTEST_TELLING_TEXT = 4  # letters

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LETTERS = re.compile(r"[^\W\d_]")


def leaks(text: str, hidden: Iterable[str | float], known: str) -> tuple[str, ...]:
    """The hidden literals that ``text`` gives away, as they stand in it.

    A number of 10 or more, or a text of four letters or more, is given away when a hidden
    check knows it and ``known`` (all that the learner was shown) doesn't.
    """
    return tuple(
        dict.fromkeys(
            literal
            for each in hidden
            for literal in _telling(each)
            if _stands_in(literal, text) and not _stands_in(literal, known)
        )
    )


def _telling(literal: str | float) -> Iterator[str]:
    if isinstance(literal, str):
        stripped = literal.strip()
        if len(_LETTERS.findall(stripped)) >= SHORTEST_TELLING_TEXT:
            yield stripped
        for number in _NUMBER.findall(stripped):
            yield from _telling(float(number))
    elif abs(literal) >= SMALLEST_TELLING_NUMBER:
        yield f"{abs(literal):.12g}"


def _stands_in(literal: str, text: str) -> bool:
    if _NUMBER.fullmatch(literal):
        return any(float(number) == float(literal) for number in _NUMBER.findall(text))
    bounded = rf"(?<!\w){re.escape(literal)}(?!\w)"
    return re.search(bounded, text, re.IGNORECASE) is not None


def literals_of_code(source: str) -> Iterator[str | float]:
    """Each text and number in Python source, docstrings left out."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a fault of its own, said where the file is checked
        return
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documentation:
            yield from literals_of_value(node.value)


def literals_of_value(value: Any) -> Iterator[str | float]:
    """Each text (line by line) and number in a plain value."""
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, dict):
        yield from _all((*value.keys(), *value.values()))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from _all(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def _all(values: Iterable[Any]) -> Iterator[str | float]:
    for value in values:
        yield from literals_of_value(value)
