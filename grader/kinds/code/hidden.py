"""The literals that only hidden checks know."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Any


def literals_of_case(call: str | None, stdin: str, expected: Any) -> Iterator[str | float]:
    """Each text and number in a case: its arguments, its input and what it expects."""
    if call:
        yield from _constants(call)
    yield from stdin.splitlines()
    yield from _flat(expected)


def literals_of_suite(source: str) -> Iterator[str | float]:
    """Each text and number in a test file, docstrings left out."""
    yield from _constants(source)


def _constants(source: str) -> Iterator[str | float]:
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
            yield from _flat(node.value)


def _flat(value: Any) -> Iterator[str | float]:
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, dict):
        yield from _flat_all((*value.keys(), *value.values()))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from _flat_all(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def _flat_all(values: Iterable[Any]) -> Iterator[str | float]:
    for value in values:
        yield from _flat(value)
