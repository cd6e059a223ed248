"""When two programs are the same work: equal but for names, layout, comments and docstrings."""

from __future__ import annotations

import ast
import builtins
import hashlib
from collections.abc import Mapping

BUILTINS = frozenset(dir(builtins))
LARGEST = 64 * 1024


def shape_of(files: Mapping[str, str]) -> str | None:
    """A hash of the programs' shape; None where one of them can't be read.

    Names of functions and classes stay, since checks call them; other names become numbers in the
    order in which they first stand there.
    """
    told = []
    for path, text in sorted(files.items()):
        if len(text) > LARGEST:
            return None
        try:
            tree = _Normal().visit(ast.parse(text)) if path.endswith(".py") else None
            told.append(f"{path}\n{ast.dump(tree) if tree is not None else text.strip()}")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
    return hashlib.sha256("\n".join(told).encode(errors="replace")).hexdigest()


def line_in_equal(one: str, line: int, other: str) -> int | None:
    """Where the statement on a line of one program starts in an equal one; None where it has none.

    The programs have the same shape, so their statements are the same in the same order.
    """
    try:
        here, there = (_statements(text) for text in (one, other))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    spans = [(each.lineno, each.end_lineno or each.lineno) for each in here]
    holding = [at for at, (first, last) in enumerate(spans) if first <= line <= last]
    if not holding or len(here) != len(there):
        return None
    innermost = min(holding, key=lambda at: spans[at][1] - spans[at][0])
    return there[innermost].lineno


def _statements(text: str) -> list[ast.stmt]:
    tree = _Normal().visit(ast.parse(text))
    return [
        node for node in ast.walk(tree) if isinstance(node, ast.stmt) and hasattr(node, "lineno")
    ]


class _Normal(ast.NodeTransformer):
    """Takes out what doesn't change what a program does."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def _named(self, name: str) -> str:
        if name in BUILTINS:
            return name
        return self.names.setdefault(name, f"n{len(self.names)}")

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self._named(node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.arg = self._named(node.arg)
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.names.setdefault(node.name, node.name)
        node.body = _without_words(node.body)
        node.returns = None
        self.generic_visit(node)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.names.setdefault(node.name, node.name)
        node.body = _without_words(node.body)
        self.generic_visit(node)
        return node

    def visit_Module(self, node: ast.Module) -> ast.AST:
        node.body = _without_words(node.body)
        self.generic_visit(node)
        return node


def _without_words(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        return body[1:] or [ast.Pass()]
    return body
