"""Remarks on calls, exceptions and values: what is thrown away, swallowed or mixed up."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from grader.analysis.source import Source, called_name, code, is_call_of, walk
from grader.verdict import Remark

_PURE_FUNCTIONS = {
    "sorted", "len", "sum", "min", "max", "abs", "round", "str", "int", "float", "list", "tuple",
    "dict", "set", "reversed", "range", "zip", "enumerate",
}  # fmt: skip
_PURE_METHODS = {
    "upper", "lower", "strip", "lstrip", "rstrip", "replace", "title", "capitalize", "split",
    "join", "format", "startswith", "endswith", "swapcase", "zfill",
}  # fmt: skip
_MONEY = re.compile(
    r"(^|_)(price|prices|cost|costs|amount|fee|fees|balance|salary|wage|bill|tax|payment|euros?"
    r"|dollars?|pounds?|money|discount|change)($|_)"
)
_SECRETS = re.compile(r"(^|_)(password|passwd|secret|api_?key|token)($|_)", re.IGNORECASE)


def unused_result(source: Source) -> Iterator[Remark]:
    """A value is worked out on a line of its own and nobody keeps it."""
    for node in source.nodes:
        if isinstance(node, ast.Expr) and _is_lost(node.value):
            yield source.remark("unused_result", node, expression=code(node.value))


def _is_lost(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name):
            return node.func.id in _PURE_FUNCTIONS
        return isinstance(node.func, ast.Attribute) and node.func.attr in _PURE_METHODS
    return isinstance(node, ast.BinOp | ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Subscript)


def forgotten_call(source: Source) -> Iterator[Remark]:
    """``xs.sort`` or ``report`` on a line of its own: named and not called."""
    for node in source.nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Attribute | ast.Name):
            yield source.remark("forgotten_call", node, name=code(node.value))


def bare_except(source: Source) -> Iterator[Remark]:
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield source.remark("bare_except", node)


def broad_except(source: Source) -> Iterator[Remark]:
    for node in source.nodes:
        name = code(node.type) if isinstance(node, ast.ExceptHandler) and node.type else ""
        if name in ("Exception", "BaseException"):
            yield source.remark("broad_except", node, name=name)


def swallowed_exception(source: Source) -> Iterator[Remark]:
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and all(
            isinstance(part, ast.Pass) for part in node.body
        ):
            name = code(node.type) if node.type else ""
            yield source.remark("swallowed_exception", node, name=name)


def unraised_exception(source: Source) -> Iterator[Remark]:
    """``raise "no"`` or ``return ValueError(…)``: an exception that is never raised."""
    for node in source.nodes:
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Constant):
            yield source.remark("unraised_exception", node, expression=code(node))
        given = node.value if isinstance(node, ast.Return) else None
        if given is not None and called_name(given).endswith("Error"):
            yield source.remark("unraised_exception", node, expression=code(node))


def float_money(source: Source) -> Iterator[Remark]:
    """A name of money is set from, or worked out with, a number with a fraction."""
    seen: set[str] = set()
    for node in source.nodes:
        for name, value in _money_values(node):
            is_decimal = any(called_name(part) == "Decimal" for part in walk(value))
            fractions = [part for part in walk(value) if _is_fraction(part)]
            if fractions and not is_decimal and name not in seen:
                seen.add(name)
                yield source.remark("float_money", node, name=name, value=code(fractions[0]))


def _money_values(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [_last_name(target) for target in targets]
    elif isinstance(node, ast.BinOp):
        names = [_last_name(node.left), _last_name(node.right)]
    else:
        return
    value = node if isinstance(node, ast.BinOp) else node.value
    for name in names:
        if _MONEY.search(name.lower()) and value is not None:
            yield name, value


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _is_fraction(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is float


def input_as_number(source: Source) -> Iterator[Remark]:
    """What ``input()`` gives is text; here it meets a number."""
    texts = {
        target.id
        for node in source.nodes
        if isinstance(node, ast.Assign) and is_call_of(node.value, "input")
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in source.nodes:
        sides: list[ast.expr] = []
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Mod | ast.Mult):
            sides = [node.left, node.right]
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        named = [side.id for side in sides if isinstance(side, ast.Name) and side.id in texts]
        if named and any(_is_number(side) for side in sides):
            yield source.remark("input_as_number", node, name=named[0])


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def runs_text_as_code(source: Source) -> Iterator[Remark]:
    for node in source.nodes:
        for name in ("eval", "exec"):
            if is_call_of(node, name):
                yield source.remark("runs_text_as_code", node, function=name)


def secret_in_code(source: Source) -> Iterator[Remark]:
    for node in source.nodes:
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Constant):
            continue
        for target in node.targets:
            name = _last_name(target)
            if _SECRETS.search(name) and isinstance(node.value.value, str) and node.value.value:
                yield source.remark("secret_in_code", node, name=name)


def unclosed_file(source: Source) -> Iterator[Remark]:
    """``open`` outside of a with, and nothing in the file is ever closed."""
    managed = {
        id(part)
        for node in source.nodes
        if isinstance(node, ast.With | ast.AsyncWith)
        for item in node.items
        for part in walk(item.context_expr)
    }
    closes = any(called_name(node) in ("close", "enter_context") for node in source.nodes)
    for node in source.nodes:
        if is_call_of(node, "open") and id(node) not in managed and not closes:
            yield source.remark("unclosed_file", node, call=code(node))
