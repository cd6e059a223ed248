"""Remarks on loops and the lists they go through."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.analysis.source import Source, called_name, code, inside, is_call_of, walk
from grader.verdict import Remark

_CHANGES = {"append", "remove", "pop", "insert", "clear", "extend", "add", "discard", "update"}
_ONLY_LOOK = {"print", "len", "str", "int", "range", "abs", "round"}
_LEAVES = (ast.Return, ast.Raise, ast.Break)


def _loops(source: Source) -> Iterator[ast.For | ast.While]:
    for node in source.nodes:
        if isinstance(node, ast.For | ast.While):
            yield node


def returns_in_loop(source: Source) -> Iterator[Remark]:
    """The loop's body ends with a return, so it never goes round twice."""
    for loop in _loops(source):
        last = loop.body[-1]
        goes_on = any(isinstance(node, ast.Continue) for node in inside(loop))
        if isinstance(last, ast.Return) and not goes_on and not _is_forever(loop):
            yield source.remark("returns_in_loop", last, loop=code(loop).splitlines()[0])


def _is_forever(loop: ast.For | ast.While) -> bool:
    return (
        isinstance(loop, ast.While)
        and isinstance(loop.test, ast.Constant)
        and bool(loop.test.value)
    )


def loop_never_ends(source: Source) -> Iterator[Remark]:
    for loop in _loops(source):
        if isinstance(loop, ast.While) and _is_forever(loop) and not _leaves(loop):
            yield source.remark("loop_never_ends", loop)
        elif isinstance(loop, ast.While) and _stands_still(loop) and not _leaves(loop):
            yield source.remark("loop_never_ends", loop, condition=code(loop.test))


def _leaves(loop: ast.While) -> bool:
    parts = [part for part in inside(loop) if not isinstance(part, ast.ClassDef)]
    yields = any(isinstance(part, ast.Yield | ast.YieldFrom) for part in parts)
    exits = any(called_name(part) in ("exit", "quit") for part in parts)
    return yields or exits or any(isinstance(part, _LEAVES) for part in parts)


def _stands_still(loop: ast.While) -> bool:
    """Whether nothing in the body could change what the condition asks. Only plain names and
    numbers are judged: a call or an attribute may change on its own."""
    parts = list(walk(loop.test))
    if any(isinstance(part, ast.Call | ast.Attribute | ast.Subscript) for part in parts):
        return False
    asked = {part.id for part in parts if isinstance(part, ast.Name)}
    body = [part for statement in loop.body for part in walk(statement)]
    return bool(asked) and not any(_may_change(part, asked) for part in body)


def _may_change(node: ast.AST, names: set[str]) -> bool:
    """Whether this sets one of the names, or hands it to code that may: it may be a list."""
    if isinstance(node, ast.Name):
        return node.id in names and not isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Global | ast.Nonlocal):
        return True
    if not isinstance(node, ast.Call) or called_name(node) in _ONLY_LOOK:
        return False
    given = [*node.args, *(each.value for each in node.keywords), node.func]
    return any(
        isinstance(part, ast.Name) and part.id in names for each in given for part in walk(each)
    )


def off_by_one_range(source: Source) -> Iterator[Remark]:
    """``range(1, len(xs))`` and ``range(len(xs) - 1)`` or ``+ 1``, used to go through ``xs``
    one by one: the first or last is left out, or there is one too many."""
    for loop in _loops(source):
        if not isinstance(loop, ast.For) or not is_call_of(loop.iter, "range"):
            continue
        if isinstance(loop.target, ast.Name) and _misses_one(loop.iter, loop):
            yield source.remark("off_by_one_range", loop.iter, range=code(loop.iter))


def _misses_one(called: ast.expr, loop: ast.For) -> bool:
    given = called.args if isinstance(called, ast.Call) else []
    start, stop = (given[0], given[1]) if len(given) > 1 else (None, given[0] if given else None)
    if stop is None:
        return False
    first = isinstance(start, ast.Constant) and start.value == 1 and is_call_of(stop, "len")
    shifted = isinstance(stop, ast.BinOp) and is_call_of(stop.left, "len") and _is_one(stop.right)
    return (first or (shifted and len(given) == 1)) and not _looks_at_neighbours(loop)


def _is_one(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 1


def _looks_at_neighbours(loop: ast.For) -> bool:
    """Whether the body has ``xs[i - 1]`` or ``xs[i + 1]``: then one less is right."""
    name = loop.target.id if isinstance(loop.target, ast.Name) else ""
    return any(
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Add | ast.Sub)
        and any(isinstance(part, ast.Name) and part.id == name for part in walk(node))
        for node in inside(loop)
    )


def index_loop(source: Source) -> Iterator[Remark]:
    """``for i in range(len(xs))`` where ``i`` only ever serves as ``xs[i]``."""
    for loop in _loops(source):
        if not isinstance(loop, ast.For) or not isinstance(loop.target, ast.Name):
            continue
        listed = _listed(loop.iter)
        if listed and _only_indexes(loop, loop.target.id, listed):
            yield source.remark("index_loop", loop, name=listed)


def _listed(node: ast.expr) -> str:
    """``xs`` for ``range(len(xs))``."""
    if not isinstance(node, ast.Call) or not is_call_of(node, "range") or len(node.args) != 1:
        return ""
    length = node.args[0]
    if isinstance(length, ast.Call) and is_call_of(length, "len") and length.args:
        return length.args[0].id if isinstance(length.args[0], ast.Name) else ""
    return ""


def _only_indexes(loop: ast.For, index: str, listed: str) -> bool:
    uses = reads = 0
    for statement in loop.body:
        for node in walk(statement):
            if isinstance(node, ast.Name) and node.id == index:
                uses += 1
            if _is_read_at(node, listed, index):
                reads += 1
    return uses > 0 and uses == reads


def _is_read_at(node: ast.AST, listed: str, index: str) -> bool:
    return (
        isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Load)
        and isinstance(node.value, ast.Name)
        and node.value.id == listed
        and isinstance(node.slice, ast.Name)
        and node.slice.id == index
    )


def changes_while_iterating(source: Source) -> Iterator[Remark]:
    for loop in _loops(source):
        if not isinstance(loop, ast.For) or not isinstance(loop.iter, ast.Name):
            continue
        for node in inside(loop):
            if isinstance(node, ast.Call) and _changes(node, loop.iter.id):
                yield source.remark("changes_while_iterating", node, name=loop.iter.id)
                break


def _changes(call: ast.Call, name: str) -> bool:
    method = call.func
    return (
        isinstance(method, ast.Attribute)
        and method.attr in _CHANGES
        and isinstance(method.value, ast.Name)
        and method.value.id == name
    )
