"""From a learner's answer to a program that can run, or the reason why it can't."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.checks.syntax import read_python
from grader.kinds.code.spec import CodeSpec
from grader.sandbox.base import Program
from grader.verdict import Problem

MOST_FILES = 20
LARGEST_FILE = 256 * 1024
LARGEST_ANSWER = 1024 * 1024
_NAME = re.compile(r"^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*){0,4}$")


@dataclass(frozen=True, kw_only=True)
class Work:
    """A program that can run: the learner's files over the starter's, and their trees."""

    program: Program
    trees: tuple[ast.Module, ...]
    learners_trees: Mapping[str, ast.Module]
    unchanged: bool


def readable_work(exercise: Exercise, spec: CodeSpec, answer: Answer) -> Work | Problem:
    """The answer as a program, or the first thing that keeps it from being graded."""
    refusal = refusal_of_files(answer.files, spec.program)
    if refusal is not None:
        return refusal
    read = read_all({**exercise.folder("starter"), **answer.files})
    if isinstance(read, Problem):
        return read
    texts, trees = read
    missing = _empty(trees, spec.program) or _missing_name(exercise, spec, trees)
    if missing is not None:
        return missing
    return Work(
        program=Program(files=texts, main=spec.program),
        trees=tuple(trees.values()),
        learners_trees={name: tree for name, tree in trees.items() if name in answer.files},
        unchanged=_unchanged(exercise, texts),
    )


def refusal_of_files(files: Mapping[str, str], program: str) -> Problem | None:
    """Why these files can't be an answer: empty, without the program, oddly named, too large."""
    if not any(text.strip() for text in files.values()):
        return Problem(
            code="empty", message="There is no code to check yet. Write some and submit again."
        )
    if program not in files:
        return Problem(
            code="missing_file",
            message=f"The exercise asks for a file called {program}, and it isn't there.",
            file=program,
        )
    for name in files:
        if not _NAME.match(name) or len(name) > 120:
            return Problem(
                code="file_name",
                message="One file has a name that can't be used here. "
                "Use letters, digits, - and _ and a dot.",
            )
    return _too_large(files)


def _too_large(files: Mapping[str, str]) -> Problem | None:
    sizes = {name: len(text.encode(errors="surrogatepass")) for name, text in files.items()}
    if len(files) > MOST_FILES:
        return _oversized(f"There are {len(files)} files, and {MOST_FILES} is the most we take.")
    for name, size in sizes.items():
        if size > LARGEST_FILE:
            return _oversized(
                f"{name} is larger than {LARGEST_FILE // 1024} KiB, the most we take.", name
            )
    if sum(sizes.values()) > LARGEST_ANSWER:
        return _oversized("The files together are larger than 1 MiB, the most we take.")
    return None


def _oversized(message: str, file: str = "") -> Problem:
    return Problem(code="too_large", message=f"{message} Take out what isn't needed.", file=file)


def read_all(
    files: Mapping[str, str],
) -> tuple[dict[str, str], dict[str, ast.Module]] | Problem:
    """The files with Python as it is run, and the trees of it; or where it can't be read."""
    texts = dict(files)
    trees: dict[str, ast.Module] = {}
    for name, text in files.items():
        if name.endswith(".py"):
            read = read_python(text, file=name)
            if isinstance(read, Problem):
                return read
            texts[name], trees[name] = read.text, read.tree
    return texts, trees


def _empty(trees: Mapping[str, ast.Module], program: str) -> Problem | None:
    if trees[program].body:
        return None
    return Problem(
        code="empty",
        message="There is no code to check yet, only comments or empty lines.",
        file=program,
    )


def _missing_name(
    exercise: Exercise, spec: CodeSpec, trees: Mapping[str, ast.Module]
) -> Problem | None:
    defined = _defined_names(trees[spec.program])
    if defined is None:
        return None
    for name in spec.asked_names(exercise.files):
        if name not in defined:
            return Problem(
                code="missing_function",
                message=f"The exercise asks for {name}, and {spec.program} doesn't define it."
                f"{_nearest(name, defined)}",
                file=spec.program,
            )
    return None


def _nearest(name: str, defined: set[str]) -> str:
    folded = {each.casefold(): each for each in defined}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return f" It has {folded[close[0]]}. Is that the one?" if close else " Check the spelling."


def _defined_names(tree: ast.Module) -> set[str] | None:
    """The names that the module sets at its top; None where only running it would tell."""
    names: set[str] = set()
    for node in _top_level(tree.body):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            imported = {(alias.asname or alias.name).split(".", 1)[0] for alias in node.names}
            names |= imported
        else:
            names |= {
                each.id
                for each in ast.walk(node)
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
            }
    dynamic = {"*", "__getattr__"} & names or any(_sets_names(node) for node in ast.walk(tree))
    return None if dynamic else names


def _top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run at the module's top, those inside if, try, for and with too."""
    for statement in body:
        yield statement
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        for part in ast.iter_child_nodes(statement):
            if isinstance(part, ast.stmt):
                yield from _top_level([part])
            elif isinstance(part, ast.ExceptHandler | ast.match_case):
                yield from _top_level(part.body)


def _sets_names(node: ast.AST) -> bool:
    return isinstance(node, ast.Global) or (
        isinstance(node, ast.Name) and node.id in ("globals", "exec", "setattr", "vars")
    )


def _unchanged(exercise: Exercise, texts: Mapping[str, str]) -> bool:
    starter = exercise.folder("starter")
    return all(texts[name].split() == text.split() for name, text in starter.items()) and len(
        texts
    ) == len(starter)
