"""Rules about how code is written, checked on its syntax tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from grader.authored.model import Authored, Line, Slug, Words
from grader.verdict import TestResult, TestStatus

USE = re.compile(
    r"^(for|while|if|try|with|import|return|class|lambda|comprehension|recursion"
    r"|(call|import):[A-Za-z_][\w.]*|def:[A-Za-z_]\w*)$"
)

_NODES: Mapping[str, tuple[type[ast.AST], ...]] = {
    "for": (ast.For, ast.AsyncFor),
    "while": (ast.While,),
    "if": (ast.If, ast.IfExp),
    "try": (ast.Try, ast.TryStar),
    "with": (ast.With, ast.AsyncWith),
    "import": (ast.Import, ast.ImportFrom),
    "return": (ast.Return,),
    "class": (ast.ClassDef,),
    "lambda": (ast.Lambda,),
    "comprehension": (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
}


class Constraint(Authored):
    """``must_use`` names what has to be there, ``must_not_use`` what may not."""

    id: Slug
    says: Line
    must_use: list[str] = []
    must_not_use: list[str] = []
    feedback: Words

    def holds(self, trees: list[ast.Module]) -> bool:
        """Whether code of these files keeps the rule."""

        def used(use: str) -> bool:
            return any(uses(tree, use) for tree in trees)

        return all(map(used, self.must_use)) and not any(map(used, self.must_not_use))

    def result(self, trees: list[ast.Module]) -> TestResult:
        """The rule as a check that the learner may see."""
        held = self.holds(trees)
        return TestResult(
            id=self.id,
            title=self.says,
            status=TestStatus.PASSED if held else TestStatus.FAILED,
            requirement=self.id,
            visible=True,
            message="" if held else self.feedback,
        )

    def faults(self) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
        """Path, message and remedy of each fault of this constraint."""
        if not self.must_use and not self.must_not_use:
            yield ("id",), "The constraint asks for nothing.", "Add must_use or must_not_use."
        for key, parts in (("must_use", self.must_use), ("must_not_use", self.must_not_use)):
            for at, use in enumerate(parts):
                if not USE.match(use):
                    remedy = "Use for, while, if, …, call:NAME, def:NAME or import:NAME."
                    yield (key, at), f"“{use}” isn't something that can be looked for.", remedy


def uses(tree: ast.Module, use: str) -> bool:
    """Whether the code has a part like ``for``, ``call:sum``, ``def:main`` or ``import:math``."""
    sort, _, name = use.partition(":")
    if sort == "recursion":
        return any(_calls_itself(node) for node in ast.walk(tree))
    if sort == "call":
        return any(_calls(node, name) for node in ast.walk(tree))
    if sort == "def":
        return any(_defines(node, name) for node in ast.walk(tree))
    if name:
        return any(_imports(node, name) for node in ast.walk(tree))
    return any(isinstance(node, _NODES[sort]) for node in ast.walk(tree))


def _calls(node: ast.AST, name: str) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if "." in name:
        return ast.unparse(node.func) == name
    function = node.func
    return (isinstance(function, ast.Name) and function.id == name) or (
        isinstance(function, ast.Attribute) and function.attr == name
    )


def _defines(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name


def _imports(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [node.module or ""]
    else:
        return False
    return any(each == name or each.startswith(f"{name}.") for each in names)


def _calls_itself(node: ast.AST) -> bool:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    return any(_calls(inner, node.name) for inner in ast.walk(node))
