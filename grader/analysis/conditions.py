"""Remarks on conditions and comparisons."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.analysis.source import Source, code
from grader.verdict import Remark


def _comparisons(source: Source) -> Iterator[tuple[ast.Compare, ast.cmpop, ast.expr]]:
    for node in source.nodes:
        if isinstance(node, ast.Compare):
            for operator, right in zip(node.ops, node.comparators, strict=True):
                yield node, operator, right


def compares_with_true(source: Source) -> Iterator[Remark]:
    for node, operator, right in _comparisons(source):
        is_truth = isinstance(right, ast.Constant) and isinstance(right.value, bool)
        if is_truth and isinstance(operator, ast.Eq | ast.NotEq):
            yield source.remark("compares_with_true", node, expression=code(node))


def compares_with_none(source: Source) -> Iterator[Remark]:
    for node, operator, right in _comparisons(source):
        is_none = isinstance(right, ast.Constant) and right.value is None
        if is_none and isinstance(operator, ast.Eq | ast.NotEq):
            yield source.remark("compares_with_none", node, expression=code(node))


def identity_with_literal(source: Source) -> Iterator[Remark]:
    for node, operator, right in _comparisons(source):
        is_value = isinstance(right, ast.Constant) and isinstance(right.value, int | float | str)
        plain = is_value and not isinstance(right.value, bool)  # type: ignore[attr-defined]
        if plain and isinstance(operator, ast.Is | ast.IsNot):
            yield source.remark("identity_with_literal", node, expression=code(node))


def always_true_condition(source: Source) -> Iterator[Remark]:
    """``x == "a" or "b"``: the second half is a text, which counts as true."""
    for node in source.nodes:
        if not isinstance(node, ast.BoolOp) or not isinstance(node.op, ast.Or):
            continue
        if not isinstance(node.values[0], ast.Compare):
            continue
        if any(isinstance(value, ast.Constant) and value.value for value in node.values[1:]):
            yield source.remark("always_true_condition", node, expression=code(node))


def redundant_boolean(source: Source) -> Iterator[Remark]:
    """``if x: return True`` and ``return False`` after it or in its else."""
    for block in source.blocks:
        for at, node in enumerate(block):
            if not isinstance(node, ast.If) or len(node.body) != 1:
                continue
            otherwise = node.orelse or block[at + 1 : at + 2]
            if len(otherwise) == 1 and _are_truths(node.body[0], otherwise[0]):
                yield source.remark("redundant_boolean", node, condition=code(node.test))


def _are_truths(first: ast.stmt, second: ast.stmt) -> bool:
    values = [
        node.value.value
        for node in (first, second)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant)
    ]
    return len(values) == 2 and {id(value) for value in values} == {id(True), id(False)}


def empty_branch(source: Source) -> Iterator[Remark]:
    for node in source.nodes:
        if isinstance(node, ast.If | ast.For | ast.While) and all(
            isinstance(part, ast.Pass) for part in node.body
        ):
            yield source.remark("empty_branch", node, statement=type(node).__name__.lower())
