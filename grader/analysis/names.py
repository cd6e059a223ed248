"""Remarks on names: what is set, read, hidden and never used."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from grader.analysis.source import Source, called_name, code, inside, parameters_of, walk
from grader.verdict import Remark

_BUILTINS = {
    name
    for name in vars(builtins)
    if name.islower() and not name.startswith("_") and name not in ("exit", "quit", "copyright")
}
_GIVES_NONE = {"append", "sort", "reverse", "extend", "insert", "remove", "clear", "update", "add"}


def shadowed_builtin(source: Source) -> Iterator[Remark]:
    seen: set[str] = set()
    for name, node in _set_names(source):
        if name in _BUILTINS and name not in seen:
            seen.add(name)
            yield source.remark("shadowed_builtin", node, name=name)


def _set_names(source: Source) -> Iterator[tuple[str, ast.AST]]:
    methods = {
        id(part) for node in source.nodes if isinstance(node, ast.ClassDef) for part in node.body
    }
    for node in source.nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node
        elif isinstance(node, ast.arg):
            yield node.arg, node
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and id(node) not in methods:
            yield node.name, node


def unused_variable(source: Source) -> Iterator[Remark]:
    """A name that a function sets and never reads. A loop's own name may go unread."""
    for function in source.functions:
        parts = list(walk(function))
        read = {n.id for n in parts if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        outer = {
            name for n in parts if isinstance(n, ast.Global | ast.Nonlocal) for name in n.names
        }
        seen: set[str] = set()
        for node in inside(function):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                name = target.id if isinstance(target, ast.Name) else "_"
                if not name.startswith("_") and name not in read | outer | seen:
                    seen.add(name)
                    yield source.remark(
                        "unused_variable", target, function=function.name, name=name
                    )


def unused_import(source: Source) -> Iterator[Remark]:
    if source.file.endswith("__init__.py"):
        return
    used = {node.id for node in source.nodes if isinstance(node, ast.Name)}
    exported = {node.value for node in source.nodes if isinstance(node, ast.Constant)}
    for node in source.nodes:
        if isinstance(node, ast.Import | ast.ImportFrom) and _module(node) != "__future__":
            for alias in node.names:
                name = (alias.asname or alias.name).split(".")[0]
                if name != "*" and name not in used and name not in exported:
                    yield source.remark("unused_import", node, name=name)


def _module(node: ast.Import | ast.ImportFrom) -> str | None:
    return node.module if isinstance(node, ast.ImportFrom) else None


def global_state(source: Source) -> Iterator[Remark]:
    for node in source.nodes:
        if isinstance(node, ast.Global):
            yield source.remark("global_state", node, name=", ".join(node.names))


def redefined_function(source: Source) -> Iterator[Remark]:
    for block in source.blocks:
        first: dict[str, int] = {}
        for node in block:
            if isinstance(node, ast.FunctionDef) and not node.decorator_list:
                if node.name in first:
                    yield source.remark(
                        "redefined_function", node, name=node.name, first_line=first[node.name]
                    )
                first.setdefault(node.name, node.lineno)


def result_of_change(source: Source) -> Iterator[Remark]:
    """``xs = xs.sort()``: the method changes the list and gives None."""
    for node in source.nodes:
        given = node.value if isinstance(node, ast.Assign | ast.Return) else None
        if not isinstance(given, ast.Call) or not isinstance(given.func, ast.Attribute):
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else given.func.value
        if called_name(given) in _GIVES_NONE and code(target) == code(given.func.value):
            yield source.remark(
                "result_of_change", node, name=code(target), method=called_name(given)
            )


def assigned_to_itself(source: Source) -> Iterator[Remark]:
    for node in source.nodes:
        if isinstance(node, ast.Assign) and any(
            code(target) == code(node.value) for target in node.targets
        ):
            yield source.remark("assigned_to_itself", node, name=code(node.value))


def lost_attribute(source: Source) -> Iterator[Remark]:
    """``def __init__(self, name): name = name``: nothing is kept in the object."""
    for function in source.functions:
        names = {parameter.arg for parameter in parameters_of(function)}
        if function.name == "__init__" and len(names) > 1 and not _keeps(function):
            yield source.remark("lost_attribute", function)


def _keeps(function: ast.AST) -> bool:
    return any(
        (isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store))
        or called_name(node) in ("super", "__init__", "setattr", "update")
        for node in walk(function)
    )
