"""Remarks on functions: what they take, return and leave behind."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from grader.analysis.source import (
    Function,
    Source,
    called_name,
    children,
    code,
    inside,
    is_call_of,
    parameters_of,
    walk,
)
from grader.verdict import Remark

_FRESH_CONTAINERS = {"list", "dict", "set"}
_LONGEST = 40  # lines
_DEEPEST = 4
_NESTING = (ast.For, ast.While, ast.If, ast.Try, ast.With)


def mutable_default(source: Source) -> Iterator[Remark]:
    for function in source.functions:
        named = [*function.args.posonlyargs, *function.args.args]
        late = named[len(named) - len(function.args.defaults) :]
        pairs = [
            *zip(late, function.args.defaults, strict=True),
            *zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True),
        ]
        for parameter, default in pairs:
            if default is not None and _is_mutable(default):
                yield source.remark(
                    "mutable_default", default, function=function.name, parameter=parameter.arg
                )


def _is_mutable(node: ast.expr) -> bool:
    literal = isinstance(node, ast.List | ast.Dict | ast.Set)
    return literal or any(is_call_of(node, name) for name in _FRESH_CONTAINERS)


def print_instead_of_return(source: Source) -> Iterator[Remark]:
    """A function that takes something, prints, and never returns a value."""
    for function in source.functions:
        parts = list(inside(function))
        prints = [part for part in parts if is_call_of(part, "print")]
        gives = any(isinstance(part, ast.Yield | ast.YieldFrom) or _gives(part) for part in parts)
        if prints and not gives and parameters_of(function) and function.name != "main":
            yield source.remark("print_instead_of_return", prints[-1], function=function.name)


def _gives(node: ast.AST) -> bool:
    return isinstance(node, ast.Return) and node.value is not None


def missing_return(source: Source) -> Iterator[Remark]:
    """Some paths return a value, and one comes to the end without."""
    for function in source.functions:
        parts = list(inside(function))
        if any(isinstance(part, ast.Yield | ast.YieldFrom) for part in parts):
            continue
        gives = any(
            isinstance(part, ast.Return) and part.value is not None and not _is_none(part.value)
            for part in parts
        )
        if gives and not _always_ends(function.body):
            yield source.remark("missing_return", function, function=function.name)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _always_ends(block: list[ast.stmt]) -> bool:
    """Whether every way through these statements returns, raises or never ends."""
    return any(_ends(statement) for statement in block)


def _ends(node: ast.stmt) -> bool:
    match node:
        case ast.Return() | ast.Raise():
            ends = True
        case ast.If():
            ends = bool(node.orelse) and _always_ends(node.body) and _always_ends(node.orelse)
        case ast.With() | ast.AsyncWith():
            ends = _always_ends(node.body)
        case ast.Try():
            handled = all(_always_ends(handler.body) for handler in node.handlers)
            whole = _always_ends([*node.body, *node.orelse])
            ends = _always_ends(node.finalbody) or (whole and handled)
        case ast.While(test=ast.Constant(value=value)) if value:
            ends = not any(isinstance(part, ast.Break) for part in inside(node))
        case ast.Match():
            ends = _is_exhaustive(node) and all(_always_ends(case.body) for case in node.cases)
        case ast.Expr(value=called):
            ends = called_name(called) in ("exit", "quit")
        case _:
            ends = False
    return ends


def _is_exhaustive(node: ast.Match) -> bool:
    last = node.cases[-1]
    return isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None


def unreachable_code(source: Source) -> Iterator[Remark]:
    for block in source.blocks:
        for before, after in pairwise(block):
            if isinstance(before, ast.Return | ast.Raise | ast.Break | ast.Continue):
                word = type(before).__name__.lower()
                yield source.remark("unreachable_code", after, after=word)


def unused_parameter(source: Source) -> Iterator[Remark]:
    for function in source.functions:
        if _is_only_a_promise(function):
            continue
        used = {node.id for node in walk(function) if isinstance(node, ast.Name)}
        for at, parameter in enumerate(parameters_of(function)):
            is_self = at == 0 and parameter.arg in ("self", "cls")
            if not is_self and parameter.arg not in used and not parameter.arg.startswith("_"):
                yield source.remark(
                    "unused_parameter", parameter, function=function.name, parameter=parameter.arg
                )


def _is_only_a_promise(function: Function) -> bool:
    """A body that says nothing yet, or a special method that has to take what Python gives."""
    special = function.name.startswith("__") or bool(function.decorator_list)
    return special or all(
        isinstance(part, ast.Pass | ast.Raise) or _is_words(part) for part in function.body
    )


def _is_words(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def overwritten_parameter(source: Source) -> Iterator[Remark]:
    """``def f(n): n = 3``: what the caller gives is lost before anyone has read it."""
    for function in source.functions:
        names = {parameter.arg for parameter in parameters_of(function)}
        read: set[str] = set()
        for statement in function.body:
            if isinstance(statement, ast.Assign):
                lost = _plain_targets(statement) & names - read - _read_in(statement.value)
                for name in sorted(lost):
                    yield source.remark(
                        "overwritten_parameter", statement, function=function.name, parameter=name
                    )
            read |= _read_in(statement) | _plain_targets(statement)


def _plain_targets(node: ast.stmt) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _read_in(node: ast.AST) -> set[str]:
    return {
        part.id
        for part in walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    }


def long_function(source: Source) -> Iterator[Remark]:
    for function in source.functions:
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > _LONGEST:
            yield source.remark("long_function", function, function=function.name, lines=lines)


def deep_nesting(source: Source) -> Iterator[Remark]:
    for function in source.functions:
        depth, where = _deepest(function, 0)
        if depth > _DEEPEST:
            yield source.remark("deep_nesting", where, function=function.name, depth=depth)


def _deepest(node: ast.AST, depth: int) -> tuple[int, ast.AST]:
    found = (depth, node)
    for child in children(node):
        if isinstance(child, Function | ast.ClassDef):
            continue
        deeper = depth + (isinstance(child, _NESTING) and not _is_elif(node, child))
        found = max(found, _deepest(child, deeper), key=lambda pair: pair[0])
    return found


def _is_elif(parent: ast.AST, child: ast.AST) -> bool:
    return isinstance(parent, ast.If) and isinstance(child, ast.If) and parent.orelse == [child]


def missing_self(source: Source) -> Iterator[Remark]:
    for kind in source.nodes:
        if not isinstance(kind, ast.ClassDef):
            continue
        for method in kind.body:
            if isinstance(method, ast.FunctionDef) and _lacks_self(method):
                yield source.remark("missing_self", method, method=method.name)


def _lacks_self(method: ast.FunctionDef) -> bool:
    named = [*method.args.posonlyargs, *method.args.args]
    return not method.decorator_list and not named and method.args.vararg is None


def hard_coded_examples(source: Source) -> Iterator[Remark]:
    """Two or more shown examples stand in a function as such: asked for, and their value given."""
    for function in source.functions:
        shown = [each for each in source.examples if each.function == function.name]
        met = [each for each in shown if _stands_in(function, each.arguments, each.value)]
        if len(met) > 1:
            yield source.remark(
                "hard_coded_examples", function, function=function.name, count=len(met)
            )


def _stands_in(function: Function, arguments: tuple[object, ...], value: object) -> bool:
    asked = [repr(each) for each in arguments]
    for node in inside(function):
        if isinstance(node, ast.If) and any(_gives_value(part, value) for part in node.body):
            told = {code(part) for part in walk(node.test) if isinstance(part, ast.expr)}
            if all(each in told for each in asked):
                return True
    return any(_maps(node, asked, value) for node in inside(function))


def _gives_value(node: ast.stmt, value: object) -> bool:
    return (
        isinstance(node, ast.Return) and node.value is not None and code(node.value) == repr(value)
    )


def _maps(node: ast.AST, asked: list[str], value: object) -> bool:
    """A dictionary from the example's argument to its value."""
    if not isinstance(node, ast.Dict) or len(asked) != 1:
        return False
    pairs = [
        (code(key), code(given)) for key, given in zip(node.keys, node.values, strict=True) if key
    ]
    return (asked[0], repr(value)) in pairs
