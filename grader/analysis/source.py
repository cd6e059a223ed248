"""What an analyser looks at, and what it finds."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from grader.verdict import Remark

LONGEST_PARAMETER = 60
MOST_NODES = 20_000
"""A file with more parts than that is no beginner's; it isn't analysed."""
Function = ast.FunctionDef | ast.AsyncFunctionDef
_NEW_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(frozen=True, kw_only=True)
class Example:
    """A call that the learner was shown, with its value: ``double(4)`` gives 8."""

    function: str
    arguments: tuple[object, ...]
    value: object


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file of a learner's, read, and the examples that the exercise shows."""

    file: str
    tree: ast.Module
    examples: tuple[Example, ...] = ()

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of the file, as far as anyone looks: one more than ``MOST_NODES``."""
        return tuple(islice(walk(self.tree), MOST_NODES + 1))

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        return tuple(node for node in self.nodes if isinstance(node, Function))

    @cached_property
    def blocks(self) -> tuple[list[ast.stmt], ...]:
        """Every list of statements: bodies, else branches, handlers."""
        lists = [
            getattr(node, name, None)
            for node in self.nodes
            for name in ("body", "orelse", "finalbody")
        ]
        return tuple(block for block in lists if isinstance(block, list) and block)

    def remark(self, key: str, where: ast.AST, **parameters: object) -> Remark:
        """A remark on a node; parameters are texts of at most 60 characters."""
        return Remark(
            key=key,
            file=self.file,
            line=getattr(where, "lineno", 1),
            parameters={name: str(value)[:LONGEST_PARAMETER] for name, value in parameters.items()},
        )


Analyse = Callable[[Source], Iterator[Remark]]


def children(node: ast.AST) -> tuple[ast.AST, ...]:
    """The parts right below a node, but for the marks of how a name is used (``ast.Load``).

    Forty analysers ask, so each node keeps its answer.
    """
    found: tuple[ast.AST, ...] | None = node.__dict__.get("_children")
    if found is None:
        found = tuple(_below(node))
        node.__dict__["_children"] = found
    return found


def _below(node: ast.AST) -> list[ast.AST]:
    below: list[ast.AST] = []
    for name in node._fields:
        part = getattr(node, name, None)
        if isinstance(part, list):
            below += [each for each in part if isinstance(each, ast.AST)]
        elif isinstance(part, ast.AST) and not isinstance(part, ast.expr_context):
            below.append(part)
    return below


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """A node and everything below it, level by level, as ``ast.walk`` does."""
    level: list[ast.AST] = [node]
    for each in level:
        yield each
        level.extend(children(each))


def inside(node: ast.AST) -> tuple[ast.AST, ...]:
    """Everything below a node that belongs to the same function, the node itself left out."""
    found: tuple[ast.AST, ...] | None = node.__dict__.get("_inside")
    if found is None:
        found = tuple(_inside(node))
        node.__dict__["_inside"] = found
    return found


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    for child in children(node):
        yield child
        if not isinstance(child, _NEW_SCOPE):
            yield from inside(child)


def parameters_of(function: Function) -> list[ast.arg]:
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return [*named, *(each for each in (given.vararg, given.kwarg) if each)]


def called_name(node: ast.AST) -> str:
    """``sorted`` for ``sorted(x)``, ``append`` for ``xs.append(x)``; empty for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def is_call_of(node: ast.AST, name: str) -> bool:
    """Whether the node calls the function of this name, not a method."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def code(node: ast.AST) -> str:
    return ast.unparse(node)
