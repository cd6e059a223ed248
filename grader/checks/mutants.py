"""Small wrong changes to a right program, as a hurried learner would make them.

A set of tests that lets most of them pass doesn't check much.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_OTHER_OPERATOR: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """The program with one change. ``what`` says which, ``line`` where."""

    source: str
    line: int
    what: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant, in order of the program. Each is a program that Python can read."""
    tree = ast.parse(source)
    for at, _ in enumerate(ast.walk(tree)):
        for which in range(_changes_of(_nth(tree, at))):
            changed = copy.deepcopy(tree)
            node = _nth(changed, at)
            before = ast.unparse(node)
            what = _CHANGE[type(node)](node, which)
            if what:
                yield Mutant(
                    source=ast.unparse(ast.fix_missing_locations(changed)),
                    line=getattr(node, "lineno", 0),
                    what=f"{_first_line(before)} → {_first_line(ast.unparse(node))}",
                )


def _first_line(text: str) -> str:
    return text.splitlines()[0][:60] if text else "(nothing)"


def _nth(tree: ast.AST, position: int) -> ast.AST:
    return next(node for at, node in enumerate(ast.walk(tree)) if at == position)


def _changes_of(node: ast.AST) -> int:
    """How many changes there are for this node."""
    if type(node) not in _CHANGE:
        return 0
    return len(node.ops) if isinstance(node, ast.Compare) else 1


def _compare(node: ast.Compare, which: int) -> bool:
    node.ops[which] = _OTHER_OPERATOR[type(node.ops[which])]()  # type: ignore[call-overload]
    return True


def _operator(node: ast.BinOp | ast.AugAssign | ast.BoolOp, _: int) -> bool:
    other = _OTHER_OPERATOR.get(type(node.op))
    if other is None or _is_text(node):
        return False
    node.op = other()  # type: ignore[assignment]
    return True


def _is_text(node: ast.AST) -> bool:
    """``"%d" % n`` and ``"a" + b`` have no other operator."""
    return any(
        isinstance(part, ast.JoinedStr)
        or (isinstance(part, ast.Constant) and isinstance(part.value, str))
        for part in (getattr(node, "left", None), getattr(node, "right", None))
    )


def _constant(node: ast.Constant, _: int) -> bool:
    if isinstance(node.value, bool):
        node.value = not node.value
    elif isinstance(node.value, int | float):
        node.value = node.value + 1
    else:
        return False
    return True


def _return(node: ast.Return, _: int) -> bool:
    if node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None):
        return False
    node.value = ast.Constant(value=None)
    return True


def _condition(node: ast.If, _: int) -> bool:
    node.test = ast.UnaryOp(op=ast.Not(), operand=node.test)
    return True


def _not(node: ast.UnaryOp, _: int) -> bool:
    if not isinstance(node.op, ast.Not | ast.USub):
        return False
    node.op = ast.UAdd() if isinstance(node.op, ast.USub) else node.op
    if isinstance(node.op, ast.Not):
        node.operand = ast.UnaryOp(op=ast.Not(), operand=node.operand)
    return True


def _raise(node: ast.Raise, _: int) -> bool:
    node.exc, node.cause = ast.Call(func=ast.Name(id="Exception"), args=[], keywords=[]), None
    return True


_CHANGE: dict[type[ast.AST], Callable[..., bool]] = {
    ast.Compare: _compare,
    ast.BinOp: _operator,
    ast.AugAssign: _operator,
    ast.BoolOp: _operator,
    ast.Constant: _constant,
    ast.Return: _return,
    ast.If: _condition,
    ast.UnaryOp: _not,
    ast.Raise: _raise,
}
