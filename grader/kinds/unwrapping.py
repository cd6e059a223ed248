"""From a model's reply to the code in it.

Replies come fenced, with prose around, with thoughts before, as a body where a function was asked,
as a whole program with tests at its end, with doctest marks, in a class, as JSON, wrongly indented.
"""

from __future__ import annotations

import ast
import html
import json
import re
import textwrap
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_REPLY = 60_000
INDENT = "    "

_THOUGHT = re.compile(
    r"<(think|thinking|thought|reasoning|reflection|analysis|scratchpad)\b[^>]*>.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_THOUGHT_BEFORE = re.compile(
    r"\A.*</(?:think|thinking|thought|reasoning|reflection|analysis|scratchpad)\s*>",
    re.DOTALL | re.IGNORECASE,
)
_THOUGHT_OPEN = re.compile(r"<(?:think|thinking|thought|reasoning)\b[^>]*>", re.IGNORECASE)
_FENCE = re.compile(
    r"^(?P<lead>[ \t]*(?:[-*+>]\s+|\d+[.)]\s+)?)(?P<mark>`{3,}|~{3,})(?P<rest>[^\n`]*)$",
    re.MULTILINE,
)
_TAGGED = re.compile(
    r"<(code|answer|python|solution)\b[^>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE
)
_INLINE = re.compile(r"`([^`\n]{3,400})`")
_PROMPT_LINE = re.compile(r"^\s*(?:>>>|\.\.\.)(?: |$)")
_NUMBERED = re.compile(r"^\s*\d{1,3}\s*[|:.)]?(?:\s|$)")
_CODE_START = re.compile(
    r"^(?:def |async def |class |import |from \w[\w.]* import |@\w|[A-Z_][A-Z0-9_]* *= )"
)
_DECLINED = re.compile(
    r"\b(?:i(?:'|’)?m sorry|i can(?:no|')t|i cannot|i can’t|i am unable|i(?:'|’)m unable"
    r"|i am not able"
    r"|i won(?:'|’)t|as an ai|unable to (?:help|assist|comply)|not able to (?:help|assist))\b",
    re.IGNORECASE,
)
_LATER_IS_BETTER = re.compile(
    r"\b(?:correct(?:ed|ion)|fix(?:ed)?|final|updated|revised|improved|instead|mistake|actually"
    r"|wait)\b",
    re.IGNORECASE,
)
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_PLAIN = str.maketrans(
    {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"}
    | {"−": "-", "–": "-", "—": "-"}
)
_MOST_CANDIDATES = 40


@dataclass(frozen=True, kw_only=True)
class Unwrapped:
    """The code of a reply. Where there is none, ``problem`` says why: ``no_code`` (words only),
    ``declined`` (the model refused) or ``unreadable`` (Python can't read it, ``code`` as it came).
    """

    code: str
    problem: str = ""


def unwrapped(reply: str, *, signature: str) -> Unwrapped:
    """The function that a reply holds, ready to import. ``signature`` as ``name(parameters)``."""
    reply = reply[:LONGEST_REPLY].replace("\r\n", "\n").replace("\r", "\n")
    name = signature.partition("(")[0].strip()
    spoken = _without_thoughts(reply)
    for text in dict.fromkeys((spoken, reply)):
        for candidate in _candidates(text, name):
            code = _readable(candidate, name, signature)
            if code is not None:
                return Unwrapped(code=code)
    return _without_code(spoken, name)


def _without_code(spoken: str, name: str) -> Unwrapped:
    blocks = [block for block, _ in _fenced(spoken)]
    cut = next((block for block in blocks if "def " in block), None)
    if cut is None and re.search(rf"\bdef\s+{re.escape(name)}\b", spoken):
        cut = spoken
    if cut is not None:
        return Unwrapped(code=cut.strip() + "\n", problem="unreadable")
    return Unwrapped(code="", problem="declined" if _DECLINED.search(spoken) else "no_code")


def _without_thoughts(reply: str) -> str:
    text = _THOUGHT.sub("\n", reply)
    text = _THOUGHT_BEFORE.sub("", text)
    opened = _THOUGHT_OPEN.search(text)
    if opened is not None:
        text = text[: opened.start()]
    return text.strip("\n")


def _candidates(text: str, name: str) -> Iterator[str]:
    """Pieces of a reply that may be the code, the likeliest first."""
    found = _ordered_blocks(text, name)
    yield from found[:_MOST_CANDIDATES]
    for match in _TAGGED.finditer(text):
        yield match[2]
    from_json = _in_json(text)
    if from_json is not None:
        yield from _ordered_blocks(from_json, name) or [from_json]
    if not found:
        yield text
    yield from _code_lines(text)
    for match in _INLINE.finditer(text):
        if "return " in match[1] or "lambda" in match[1] or "def " in match[1]:
            yield match[1]


def _ordered_blocks(text: str, name: str) -> list[str]:
    """Fenced blocks: those that define the function first, the last of them if the words between
    say that it puts an earlier one right; then all blocks as one; then each."""
    blocks = _fenced(text)
    defining = [at for at, (block, _) in enumerate(blocks) if _defines(block, name)]
    if not defining:
        anything = [
            at
            for at, (block, _) in enumerate(blocks)
            if re.search(r"^\s*(?:>>> )?(?:async )?def ", block, re.MULTILINE)
        ]
        defining = anything
    if not defining:
        return [block for block, _ in blocks]
    chosen = defining[0]
    if len(defining) > 1:
        later = defining[-1]
        between = text[blocks[chosen][1] : blocks[later][1]]
        if _LATER_IS_BETTER.search(re.sub(r"(?s)```.*?```", " ", between)):
            chosen = later
    alone = blocks[chosen][0]
    helped = _with_helpers(alone, [block for at, (block, _) in enumerate(blocks) if at != chosen])
    rest = [block for at, (block, _) in enumerate(blocks) if at != chosen]
    return [*dict.fromkeys((helped, alone, *rest))]


def _defines(block: str, name: str) -> bool:
    return (
        re.search(
            rf"^\s*(?:>>> |\.\.\. )?(?:async )?def\s+{re.escape(name)}\s*\("
            rf"|^\s*{re.escape(name)}\s*=\s*lambda",
            block,
            re.MULTILINE,
        )
        is not None
    )


def _with_helpers(block: str, others: list[str]) -> str:
    """The block after those that define or import what it uses and doesn't have."""
    tree = _parsed(block)
    if tree is None:
        return block
    wanted = _used(tree) - _bound(tree)
    helpers = []
    for other in others:
        found = _parsed(other)
        if found is not None and wanted & _bound(found):
            helpers.append(other)
    return "\n".join([*helpers, block])


def _used(tree: ast.Module) -> set[str]:
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _bound(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.Assign):
            names |= {each.id for each in node.targets if isinstance(each, ast.Name)}
    return names


def _fenced(text: str) -> list[tuple[str, int]]:
    """Each fenced block, dedented, and where it begins. The last may have no end."""
    blocks: list[tuple[str, int]] = []
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            opened = fence
        elif fence["mark"][0] == opened["mark"][0] and len(fence["mark"]) >= len(opened["mark"]):
            if fence["rest"].strip() and _is_language(fence["rest"]):
                blocks.append((_block(text, opened, fence.start()), opened.start()))
                opened = fence
                continue
            blocks.append((_block(text, opened, fence.start()), opened.start()))
            opened = None
    if opened is not None:
        blocks.append((_block(text, opened, len(text)), opened.start()))
    return [(block, at) for block, at in blocks if block.strip()]


def _is_language(rest: str) -> bool:
    return re.fullmatch(r"\{?\.?[A-Za-z][\w+.-]*\}?.*", rest.strip()) is not None


def _block(text: str, opened: re.Match[str], end: int) -> str:
    rest = opened["rest"].strip()
    inner = text[opened.end() : end].strip("\n")
    inner = "\n".join(
        line[1:].removeprefix(" ") if line.startswith(">") and not line.startswith(">>>") else line
        for line in inner.split("\n")
    )
    first = rest.split(maxsplit=1)[1] + "\n" if rest.startswith(("python def ", "def ")) else ""
    return first + textwrap.dedent(inner)


def _in_json(text: str) -> str | None:
    """The text of a JSON object's value that looks like code."""
    stripped = text.strip()
    for block in (stripped, *(block for block, _ in _fenced(text))):
        if not block.lstrip().startswith(("{", "[", '"')):
            continue
        try:
            value = json.loads(block, strict=False)
        except (ValueError, RecursionError):
            continue
        texts = [each for each in _texts(value) if "return" in each or "def " in each]
        if texts:
            return max(texts, key=len)
    return None


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _code_lines(text: str) -> Iterator[str]:
    """Runs of lines that begin like code and go on indented, with prose around them."""
    lines = text.split("\n")
    kept: list[str] = []
    inside = False
    for line in lines:
        bare = re.sub(
            r"^(?:[-*+]|\d+[.)])\s+(?=(?:def|import|from|@)\b)", "", line.rstrip("`").lstrip("`")
        )
        if _CODE_START.match(bare):
            inside = True
            kept.append(bare)
        elif inside and (not line.strip() or line[0] in " \t#)]}"):
            kept.append(line)
        else:
            inside = False
    if kept:
        yield "\n".join(kept)
    indented = [line for line in lines if line.startswith((INDENT, "\t")) or not line.strip()]
    if not kept and any(line.strip() for line in indented):
        yield textwrap.dedent("\n".join(indented))


def _readable(candidate: str, name: str, signature: str) -> str | None:
    """The candidate as a module that defines the function, or None."""
    for text in _repairs(candidate):
        tree = _parsed(text)
        if tree is not None:
            code = _defining(text, tree, name, signature)
            if code is not None:
                return code
    for text in _repairs(candidate):
        code = _as_body(text, signature)
        if code is not None:
            return code
    return None


def _repairs(candidate: str) -> Iterator[str]:
    """The text as it is, and with the usual damage mended, one after the other."""
    plain = textwrap.dedent(_UNSEEN.sub("", candidate).expandtabs(4)).strip("\n") + "\n"
    seen = set()
    for text in (
        plain,
        _without_prompts(plain),
        _without_numbers(plain),
        plain.translate(_PLAIN),
        html.unescape(plain),
        html.unescape(plain).translate(_PLAIN),
        _levelled(plain),
        _deepened(plain),
        _deepened(_levelled(plain)),
    ):
        if text and text not in seen:
            seen.add(text)
            yield text


def _without_prompts(text: str) -> str:
    """Doctest input without its marks; lines that show output go."""
    lines = text.split("\n")
    if not any(_PROMPT_LINE.match(line) for line in lines):
        return text
    if _parsed(text) is not None:
        return text
    kept = [line for line in lines if _PROMPT_LINE.match(line)]
    return textwrap.dedent("\n".join(_PROMPT_LINE.sub("", line, count=1) for line in kept)) + "\n"


def _without_numbers(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or not all(_NUMBERED.match(line) for line in lines):
        return text
    bare = [re.sub(r"^\s*\d{1,3}(?:\s*[|:.)])?[ ]?", "", line) for line in lines]
    return textwrap.dedent("\n".join(bare)) + "\n"


def _levelled(text: str) -> str:
    """The first line out of line with the others: as deep as the least deep of them."""
    first, _, rest = text.partition("\n")
    if not rest.strip():
        return text
    body = textwrap.dedent(rest)
    opens = first.rstrip().endswith(":")
    return first.lstrip() + "\n" + (textwrap.indent(body, INDENT) if opens else body)


def _deepened(text: str) -> str:
    """A function whose body stands at its own level, moved in."""
    lines = text.split("\n")
    starts = [
        at for at, line in enumerate(lines) if re.match(r"(?:async )?def .*:\s*(?:#.*)?$", line)
    ]
    if len(starts) != 1:
        return text
    at = starts[0] + 1
    return "\n".join(lines[:at]) + "\n" + textwrap.indent("\n".join(lines[at:]), INDENT)


def _parsed(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
            compile(text, "solution.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None
    return tree


def _defining(text: str, tree: ast.Module, name: str, signature: str) -> str | None:
    """The module without what runs at its top, if it defines the function in some way."""
    kept = _kept(text, tree, name)
    bound = _bound(tree)
    if name in bound:
        return kept
    method = _method_in_class(tree, name)
    if method is not None:
        return f"{kept}\n\ndef {signature}:\n{INDENT}return {method}({_passed_on(signature)})\n"
    functions = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name != "main"
    ]
    if len(functions) == 1 and _takes_as_many(functions[0], signature):
        return f"{kept}\n\n{name} = {functions[0].name}\n"
    return None


def _kept(text: str, tree: ast.Module, name: str) -> str:
    """The lines of imports, definitions and plain values. What runs at the top goes."""
    lines = text.split("\n")
    gone: set[int] = set()
    for node in tree.body:
        if not _is_kept(node, name):
            last = node.end_lineno or node.lineno
            gone |= set(range(node.lineno, last + 1))
    kept = [line for number, line in enumerate(lines, start=1) if number not in gone]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(kept)).strip("\n") + "\n"


def _is_kept(node: ast.stmt, name: str) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign | ast.AnnAssign):
        called = {
            each.func.id
            for each in ast.walk(node)
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
        }
        return not called & {name, "input", "print", "open"}
    return isinstance(
        node,
        ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom
        | ast.Try,
    )  # fmt: skip


def _method_in_class(tree: ast.Module, name: str) -> str | None:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef) and part.name == name:
                    static = any(
                        isinstance(each, ast.Name) and each.id == "staticmethod"
                        for each in part.decorator_list
                    )
                    return f"{node.name}.{name}" if static else f"{node.name}().{name}"
    return None


def _arguments(signature: str) -> ast.arguments:
    node = ast.parse(f"def {signature}: pass").body[0]
    assert isinstance(node, ast.FunctionDef)
    return node.args


def _passed_on(signature: str) -> str:
    arguments = _arguments(signature)
    return ", ".join(
        [
            *(each.arg for each in (*arguments.posonlyargs, *arguments.args)),
            *(f"{each.arg}={each.arg}" for each in arguments.kwonlyargs),
        ]
    )


def _takes_as_many(function: ast.FunctionDef, signature: str) -> bool:
    wanted, given = _arguments(signature), function.args
    return len(given.args) == len(wanted.args) or given.vararg is not None


def _gives_something(node: ast.AST) -> bool:
    """Whether a function returns, yields or raises itself, not only in functions inside it."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.Return | ast.Yield | ast.YieldFrom | ast.Raise):
            return True
        inner = isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda)
        if not inner and _gives_something(part):
            return True
    return False


def _as_body(text: str, signature: str) -> str | None:
    """The text as the body of the function, if it returns something."""
    if not re.search(r"^\s*(?:return\b|yield\b|raise\b)", text, re.MULTILINE):
        lambda_only = re.fullmatch(r"\s*lambda [^\n]*", text.strip("\n"))
        if lambda_only is None:
            return None
        name = signature.partition("(")[0].strip()
        return f"{name} = {text.strip()}\n" if _parsed(text.strip()) else None
    code = f"def {signature}:\n{textwrap.indent(textwrap.dedent(text), INDENT)}"
    tree = _parsed(code)
    if tree is None or len(tree.body) != 1 or not _gives_something(tree.body[0]):
        return None
    return code.rstrip() + "\n"
